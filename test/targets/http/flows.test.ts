import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { reply, type SmallConference, smallConference } from '../../support/small-conference.ts';
import { tinyTransport } from '../../support/tiny-transport.ts';
import { wishFor } from '../../support/wish.ts';
import { ada, clientOf, failureOf, targetOf } from './declared.ts';

let server: SmallConference;
let io: ReturnType<typeof tinyTransport>;

beforeEach(async () => {
  server = await smallConference();
  io = tinyTransport();
});

afterEach(async () => {
  await io.close();
  await server.close();
});

/** A declaration as its owner wrote it, for a real server. */
function written(): object {
  const yaml = readFileSync(new URL('./small-conference.yaml', import.meta.url), 'utf8');
  return { ...(parse(yaml) as object), url: server.url };
}

describe('a declared conference on a real server', () => {
  test('people sign in, create a meeting, find it, join, talk and leave', async () => {
    const target = targetOf(written(), { CLIENT_KEY: 'k-1' });
    expect(target.operations).toEqual(['login', 'createMeeting', 'findMeeting', 'join', 'chat']);
    const [host, guest] = [target.client(io, ada), target.client(io, { ...ada, index: 8, email: 'b@example.com' })];
    await host.login?.();
    await guest.login?.();
    const meeting = await host.createMeeting?.(wishFor('Weekly "sync" – überall'));
    if (!meeting) throw new Error('no meeting');
    const seats = [await host.join?.(meeting), await guest.join?.(meeting)];
    expect(await guest.findMeeting?.(meeting.id)).toEqual({ id: meeting.id, participants: 2 });
    await Promise.all(seats.map((seat) => seat?.chat?.('hello')));
    await seats[0]?.chat?.('"quoted"\n\\');
    for (const seat of seats) await seat?.leave();
    await expect.poll(() => server.rooms.get(meeting.id)?.size).toBe(0);
    expect(await host.findMeeting?.('nothing')).toBeUndefined();
    const created = server.seen.find(({ method, url }) => method === 'POST' && url.pathname === '/v1/meetings');
    expect(JSON.parse(created?.body ?? '')).toEqual({ name: 'Weekly "sync" – überall' });
    expect(created?.headers['x-client-key']).toBe('k-1');
  });

  test('a wrong password is denied, and so is whoever has not signed in', async () => {
    const target = targetOf(written(), { CLIENT_KEY: 'k-1' });
    const stranger = target.client(io, { ...ada, password: 'not right' });
    expect((await failureOf(stranger.login?.())).kind).toBe('denied');
    const open = targetOf({ url: server.url, operations: { join: [{ websocket: '/v1/meetings/1/signal' }] } });
    expect((await failureOf(open.client(io, ada).join?.({ id: '1' }))).kind).toBe('denied');
  });

  test('a full room sheds, and an unknown one is not what was expected', async () => {
    const client = targetOf(written(), { CLIENT_KEY: 'k-1' }).client(io, ada);
    await client.login?.();
    const meeting = (await client.createMeeting?.(wishFor('full'))) ?? { id: '' };
    for (let i = 0; i < 3; i += 1) await client.join?.(meeting);
    expect((await failureOf(client.join?.(meeting))).kind).toBe('shed');
    expect((await failureOf(client.join?.({ id: 'unknown' }))).kind).toBe('denied');
    await expect.poll(() => server.rooms.get(meeting.id)?.size).toBe(3);
  });

  test('forms, basic credentials and cookies arrive as a browser would send them', async () => {
    server.route('/form', ({ headers, body }, answer) => {
      const form = new URLSearchParams(body);
      const basic = Buffer.from(String(headers.authorization).replace('Basic ', ''), 'base64').toString('utf8');
      if (
        headers['content-type'] !== 'application/x-www-form-urlencoded' ||
        basic !== `ada@example.com:${ada.password}`
      )
        return reply(answer, 400, {});
      reply(
        answer,
        200,
        {},
        {
          'set-cookie': [
            `session=${form.get('name')?.length}; Path=/; HttpOnly`,
            'old=1',
            'old=; Max-Age=0',
            'theme=dark',
          ],
        },
      );
    });
    server.route('/me', ({ headers }, answer) =>
      reply(answer, headers.cookie === 'session=12; theme=dark' ? 200 : 418, {}),
    );
    const client = clientOf(
      {
        login: [
          {
            request: 'POST /form',
            basic: { user: '${person.email}', password: '${person.password}' },
            form: { name: '${person.name}', remember: true },
            capture: { seen: 'cookie:session' },
          },
          { request: 'GET /me?was=${seen}' },
        ],
      },
      io,
      ada,
      { url: server.url },
    );
    await client.login?.();
    expect(server.seen.at(-1)?.url.search).toBe('?was=12');
  });

  test('redirects are answers like others, with cookies and headers to keep', async () => {
    server.route('/go', (_, answer) =>
      answer.writeHead(302, { location: '/elsewhere?code=42', 'set-cookie': 'a=b' }).end(),
    );
    server.route('/code', ({ url, headers }, answer) =>
      reply(answer, url.searchParams.get('where') === '/elsewhere?code=42' && headers.cookie === 'a=b' ? 200 : 418, {}),
    );
    const login = [
      { request: 'GET /go', expect: { status: 302 }, capture: { location: 'header:Location' } },
      { request: 'GET /code?where=${location}' },
    ];
    await clientOf({ login }, io, ada, { url: server.url }).login?.();
    expect(server.seen.map(({ url }) => url.pathname)).toEqual(['/go', '/code']);
  });

  test('Retry-After reaches the virtual user, whatever its form', async () => {
    const forms = ['3', 'Sun, 06 Nov 1994 08:49:42 GMT', 'soon'];
    server.route('/busy', (_, answer) =>
      reply(answer, 503, {}, { 'retry-after': forms.shift() ?? '', date: 'Sun, 06 Nov 1994 08:49:37 GMT' }),
    );
    const client = clientOf({ login: [{ request: 'GET /busy' }] }, io, ada, { url: server.url });
    const failures = [
      await failureOf(client.login?.()),
      await failureOf(client.login?.()),
      await failureOf(client.login?.()),
    ];
    expect(failures.map(({ kind }) => kind)).toEqual(['shed', 'shed', 'shed']);
    expect(failures.map(({ retryAfter }) => retryAfter)).toEqual([3_000, 5_000, undefined]);
  });

  test('a captured value cannot smuggle in a header, a path or a query', async () => {
    const evil = 'x\r\nx-admin: 1';
    server.route('/evil', (_, answer) => reply(answer, 200, { token: evil, id: '../admin?x=1#y' }));
    server.route('/inner', (_, answer) => reply(answer, 200, {}));
    const first = { request: 'GET /evil', capture: { token: 'json:/token', id: 'json:/id' } };
    const run = (step: object) => clientOf({ login: [first, step] }, io, ada, { url: server.url }).login?.();
    const failure = await failureOf(run({ request: 'GET /inner', bearer: '${token}' }));
    expect(failure.kind).toBe('protocol');
    expect(failure.message).toContain('${token}');
    expect(failure.message).not.toContain('x-admin');
    expect(server.seen.map(({ url }) => url.pathname)).toEqual(['/evil']);
    expect((await failureOf(run({ request: 'GET /a/${id}/b?t=${token}' }))).kind).toBe('status');
    const sent = server.seen.at(-1);
    expect(sent?.url.pathname).toBe('/a/..%2Fadmin%3Fx%3D1%23y/b');
    expect(sent?.url.searchParams.get('t')).toBe(evil);
    expect(sent?.headers['x-admin']).toBeUndefined();
    const json = { request: 'POST /inner', json: { token: '${token}","admin":"1' } };
    await run(json);
    expect(JSON.parse(server.seen.at(-1)?.body ?? '')).toEqual({ token: `${evil}","admin":"1` });
  });

  test.each([
    ['nothing', ''],
    ['garbage', '<html>\u0000\ufffd'],
    ['JSON cut off', '{"access_token":"ab'],
    ['JSON that nests too deep for anybody', '['.repeat(100_000)],
    ['a megabyte of something else', 'x'.repeat(1_000_000)],
    ['a token that is no text', '{"access_token":{"a":1}}'],
    ['an empty token', '{"access_token":""}'],
    ['a number that was rounded', '{"access_token":12345678901234567890}'],
    ['null', 'null'],
  ])('an answer of %s is a failure of the target that shows nothing of it', async (_, body) => {
    server.route('/odd', (__, answer) => answer.end(body));
    const login = [{ request: 'GET /odd', capture: { token: 'json:/access_token' } }];
    const failure = await failureOf(clientOf({ login }, io, ada, { url: server.url }).login?.());
    expect(failure.kind).toBe('protocol');
    expect(failure.message).toBe('GET /odd: the answer holds no usable token (json:/access_token)');
  });

  test('binary answers neither break nor match', async () => {
    const bytes = Buffer.from(Array.from({ length: 65_536 }, (_, i) => i % 256));
    server.route('/binary', (_, answer) => answer.end(bytes));
    const login = [{ request: 'GET /binary', expect: { json: { ok: true } } }];
    const failure = await failureOf(clientOf({ login }, io, ada, { url: server.url }).login?.());
    expect([failure.kind, failure.message]).toEqual([
      'protocol',
      'GET /binary: 200, but its JSON is not what was expected',
    ]);
  });
});

describe('sockets of a real server', () => {
  const join = (more: object[]) => ({ join: [{ websocket: '/signal' }, ...more] });

  test('a socket that closes while somebody waits is a reset, and leaves nothing open', async () => {
    server.signal('/signal', (socket, message) => message && socket.close(4000, 'gone'));
    const client = clientOf(join([{ send: 'hi', expect: 'hello' }]), io, ada, { url: server.url });
    expect((await failureOf(client.join?.({ id: '1' }))).kind).toBe('reset');
  });

  test('texts, garbage and binary messages are skipped until what was expected comes', async () => {
    server.signal('/signal', (socket, message) => {
      if (message === undefined) return socket.send('42["welcome",{"sid":"s-1"}]');
      socket.send(Buffer.from([0xff, 0x00, 0x80]));
      socket.send('{"cut":');
      socket.send('x'.repeat(500_000));
      socket.send(JSON.stringify(['3', { seat: 12, mine: message, more: [] }]));
    });
    const steps = [
      { receive: '["welcome"', capture: { sid: 'body:"sid":"([^"]+)"' } },
      {
        send: '40["join","${sid}"]',
        expect: ['3', { mine: '40["join","${sid}"]' }],
        capture: { seat: 'json:/1/seat' },
      },
    ];
    const chat = [{ send: { in: '${seat}' }, expect: ['3', { seat: '${seat}', mine: '{"in":"${seat}"}' }] }];
    const seat = await clientOf({ ...join(steps), chat }, io, ada, { url: server.url }).join?.({ id: '1' });
    await seat?.chat?.('anything');
    await seat?.leave();
  });

  test('leaving says goodbye once, and closes the socket', async () => {
    const heard: (string | undefined)[] = [];
    let closed = 0;
    server.signal('/signal', (socket, message) => {
      heard.push(message);
      if (message === undefined) socket.on('close', () => (closed += 1));
    });
    const leave = [{ send: { bye: '${person.name}' } }, { close: true }];
    const seat = await clientOf({ ...join([]), leave }, io, ada, { url: server.url }).join?.({ id: '1' });
    await seat?.leave();
    await seat?.leave();
    await expect.poll(() => closed).toBe(1);
    expect(heard).toEqual([undefined, '{"bye":"Ada Lovelace"}']);
  });

  test('subprotocols, cookies and credentials go with the handshake', async () => {
    server.route('/in', (_, answer) => reply(answer, 200, { t: 'tok' }, { 'set-cookie': 'sid=9' }));
    server.signal('/signal', () => {});
    const operations = {
      login: [{ request: 'GET /in', capture: { t: 'json:/t' } }],
      join: [
        { websocket: '/signal?room=${meeting.id}', protocols: ['v1.${t}'], bearer: '${t}', headers: { 'X-A': 1 } },
      ],
    };
    const client = clientOf(operations, io, ada, { url: server.url });
    await client.login?.();
    const seat = await client.join?.({ id: 'a b&c' });
    await seat?.leave();
    const { headers, url } = server.seen.at(-1) ?? {};
    expect(url?.searchParams.get('room')).toBe('a b&c');
    expect(headers).toMatchObject({
      cookie: 'sid=9',
      authorization: 'Bearer tok',
      'x-a': '1',
      'sec-websocket-protocol': 'v1.tok',
    });
  });
});
