import { describe, expect, test } from 'vitest';
import { Failure } from '../../../core/failure.ts';
import type { Participation } from '../../../core/target.ts';
import { httpTarget } from '../../../targets/http/target.ts';
import { scriptedTransport } from '../../support/scripted-transport.ts';
import { wishFor } from '../../support/wish.ts';
import { ada, clientOf, failureOf, targetOf } from './declared.ts';

const login = [{ request: 'POST /login', capture: { token: 'json:/token' } }];
const create = { request: 'POST /m', capture: { 'meeting.id': 'json:/id' } };
const find = { request: 'GET /m/${meeting.id}', missing: { status: 404 } };

describe('a target', () => {
  test('offers exactly the operations that are declared', () => {
    const target = targetOf({ operations: { findMeeting: [find], join: [{ request: 'POST /j' }], login } });
    expect(target.operations).toEqual(['login', 'findMeeting', 'join']);
    const client = target.client(scriptedTransport([{}]), ada);
    expect(Object.keys(client).sort()).toEqual(['elsewhere', 'findMeeting', 'join', 'login']);
  });

  test('tells its capacity and its metrics, and has none of what is not declared', () => {
    const metrics = [{ name: 'a', url: '/m', presets: ['node'], indicators: { participants: 'p' } }];
    expect(targetOf({ operations: { login }, metrics, capacity: { login: 120, join: 50 } })).toMatchObject({
      name: 'staging',
      capacity: { login: 120, join: 50 },
      metrics: [{ name: 'a', url: 'http://127.0.0.1:8080/m', headers: {}, indicators: { participants: 'p' } }],
    });
    expect(targetOf({ operations: { login } })).toMatchObject({ capacity: {}, metrics: [] });
  });

  test('is not made of a declaration that is wrong', () => {
    const declaration = { url: 'nowhere', environment: {}, operations: { login: [{ request: 'x' }] } };
    expect(() => httpTarget('staging', declaration)).toThrow(
      /^targets.staging.url: .*\ntargets.staging.operations.login\[0\].request: /,
    );
  });
});

describe('a virtual user', () => {
  test('keeps what login captured, and forgets what other operations did', async () => {
    const io = scriptedTransport([
      { json: { token: 't-1' } },
      { json: { id: 'm-1', token: 'inner' } },
      { json: {} },
      { json: { id: 'm-2', token: 'inner' } },
    ]);
    const inner = { ...create, bearer: '${token}', capture: { ...create.capture, token: 'json:/token' } };
    const client = clientOf({ login, createMeeting: [inner, { request: 'POST /x', bearer: '${token}' }] }, io);
    await client.login?.();
    expect(await client.createMeeting?.(wishFor('one'))).toEqual({ id: 'm-1' });
    expect(await client.createMeeting?.(wishFor('two'))).toEqual({ id: 'm-2' });
    const tokens = io.requests.map(({ headers }) => headers?.authorization);
    expect(tokens).toEqual([undefined, 'Bearer t-1', 'Bearer inner', 'Bearer t-1', 'Bearer inner']);
  });

  test('creates under a key and for somebody invited, and counts by the key', async () => {
    const io = scriptedTransport([{ json: { id: 'm-1' } }, { json: { found: [1, 2] } }, { json: { found: 'many' } }]);
    const json = { name: '${meeting.name}', key: '${meeting.key}', guests: ['${invited.email}', '${invited.name}'] };
    const counted = { request: 'GET /m?key=${meeting.key}', capture: { 'meeting.count': 'json:/found' } };
    const client = clientOf({ createMeeting: [{ ...create, json }], countMeetings: [counted] }, io);
    const wish = wishFor('one', { key: 'a&b' });
    await client.createMeeting?.(wish);
    expect(JSON.parse(io.requests[0]?.body ?? '')).toEqual({
      ...{ name: 'one', key: 'a&b' },
      guests: [wish.invited.email, wish.invited.name],
    });
    expect(await client.countMeetings?.(wish)).toBe(2);
    expect(io.requests[1]?.url).toMatch(/\/m\?key=a%26b$/);
    expect((await failureOf(client.countMeetings?.(wish))).message).toContain('meeting.count');
  });

  test('opens a ticket, finds it again, and learns that another one is not there; searches', async () => {
    const io = scriptedTransport([{ json: { id: 't/1' } }, { json: {} }, { status: 404 }, { json: {} }]);
    const openTicket = [
      { request: 'POST /t', json: { about: '${ticket.subject}' }, capture: { 'ticket.id': 'json:/id' } },
    ];
    const findTicket = [{ request: 'GET /t/${ticket.id}', missing: { status: 404 } }];
    const client = clientOf({ openTicket, findTicket, search: [{ request: 'GET /s?q=${search.text}' }] }, io);
    expect(await client.openTicket?.('no sound')).toEqual({ id: 't/1' });
    expect(await client.findTicket?.('t/1')).toEqual({ id: 't/1' });
    expect(await client.findTicket?.('t2')).toBeUndefined();
    await client.search?.('Ada & Bo');
    expect(io.requests.map(({ url }) => url.replace('http://127.0.0.1:8080', ''))).toEqual([
      ...['/t', '/t/t%2F1', '/t/t2', '/s?q=Ada%20%26%20Bo'],
    ]);
    expect(io.requests[0]?.body).toBe('{"about":"no sound"}');
  });

  test('fetches what a page names, one after another, and has no use for what comes after a failure', async () => {
    const io = scriptedTransport([{ json: { files: ['/a.js', 'http://127.0.0.1:81/b.js'] } }, {}, {}]);
    const page = { request: 'GET /', capture: { 'assets.list': 'json:/files' } };
    await clientOf({ fetchAssets: [page] }, io).fetchAssets?.();
    expect(io.requests.map(({ url }) => url)).toEqual([
      ...['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/a.js', 'http://127.0.0.1:81/b.js'],
    ]);
    const broken = scriptedTransport([{ json: { files: ['/a.js', '/b.js'] } }, { status: 503 }]);
    await expect(clientOf({ fetchAssets: [page] }, broken).fetchAssets?.()).rejects.toMatchObject({ kind: 'shed' });
    expect(broken.requests).toHaveLength(2);
  });

  test('waits for them as long as the page says, and then fetches the others', async () => {
    const capture = { 'assets.list': 'json:/files', 'assets.wait': 'json:/wait', 'assets.otherwise': 'json:/slim' };
    const fetchAssets = [{ request: 'GET /', capture }];
    const slim = { files: ['/a.js', '/b.js'], wait: '700ms', slim: '/slim.js' };
    const io = scriptedTransport([{ json: slim }, {}, { status: 404 }, {}]);
    await clientOf({ fetchAssets }, io).fetchAssets?.();
    expect(io.requests.map(({ url, within }) => [new URL(url).pathname, within === undefined])).toEqual([
      ...[['/', true] as const, ['/a.js', false] as const, ['/b.js', false] as const, ['/slim.js', true] as const],
    ]);
    expect(io.requests[1]?.within).toBeLessThanOrEqual(700);
    expect(io.requests[1]?.within).toBeGreaterThan(100);
    const stuck = scriptedTransport([{ json: { ...slim, wait: 'long' } }, {}]);
    await clientOf({ fetchAssets }, stuck).fetchAssets?.();
    expect(stuck.requests.map(({ url }) => new URL(url).pathname)).toEqual(['/', '/slim.js']);
    const lost = scriptedTransport([{ json: slim }, { status: 404 }]);
    await expect(clientOf({ fetchAssets }, lost).fetchAssets?.()).rejects.toMatchObject({ kind: 'status' });
  });

  test('is not sent to strangers by a page', async () => {
    const fetchAssets = [{ request: 'GET /', capture: { 'assets.list': 'json:/files' } }];
    for (const files of ['http://example.com/a.js', 'ws://127.0.0.1/a', 'a.js']) {
      const io = scriptedTransport([{ json: { files } }]);
      await expect(clientOf({ fetchAssets }, io).fetchAssets?.()).rejects.toMatchObject({ kind: 'protocol' });
      expect(io.requests).toHaveLength(1);
    }
  });

  test('is nobody else', async () => {
    const io = scriptedTransport([
      { json: { token: 'a' }, headers: { 'set-cookie': 'sid=a' } },
      { json: { token: 'b' } },
      { json: { id: '1' } },
    ]);
    const target = targetOf({ operations: { login, createMeeting: [{ ...create, bearer: '${token}' }] } });
    const [one, other] = [target.client(io, ada), target.client(io, { ...ada, email: 'b@example.com' })];
    await one.login?.();
    await other.login?.();
    await one.createMeeting?.(wishFor('x'));
    await other.createMeeting?.(wishFor('x'));
    expect(io.requests.slice(2).map(({ headers }) => headers)).toEqual([
      { authorization: 'Bearer a', cookie: 'sid=a' },
      { authorization: 'Bearer b' },
    ]);
  });

  test('sends cookies of the target besides those that are declared', async () => {
    const io = scriptedTransport([{ headers: { 'set-cookie': 'sid=a' } }]);
    const step = { request: 'GET /', headers: { Cookie: 'theme=dark' } };
    await clientOf({ login: [step, step] }, io).login?.();
    expect(io.requests.map(({ headers }) => headers)).toEqual([
      { cookie: 'theme=dark' },
      { cookie: 'theme=dark; sid=a' },
    ]);
  });

  test('is signed in elsewhere, too: one session over another transport', async () => {
    const home = scriptedTransport([{ json: { token: 'a' }, headers: { 'set-cookie': 'sid=a' } }]);
    const away = scriptedTransport([{ json: { id: '1' } }]);
    const operations = { login, createMeeting: [{ ...create, bearer: '${token}' }] };
    const client = clientOf(operations, home);
    await client.login?.();
    await client.elsewhere(away).createMeeting?.(wishFor('x'));
    expect(home.requests).toHaveLength(1);
    expect(away.requests[0]?.headers).toEqual({ authorization: 'Bearer a', cookie: 'sid=a' });
  });

  test('that uses what was never captured has met a bug, not a failure of the target', async () => {
    const client = clientOf({ login, createMeeting: [{ ...create, bearer: '${token}' }] }, scriptedTransport([{}]));
    await expect(client.createMeeting?.(wishFor('x'))).rejects.toThrow(
      '${token} is used before the operation that captures it',
    );
  });

  test('knows of no meeting that is missing, and how many are in one', async () => {
    const operations = {
      findMeeting: [
        { ...find, expect: { json: { id: '${meeting.id}' } }, capture: { 'meeting.participants': 'json:/in' } },
      ],
    };
    const found = (status: number, json: unknown) =>
      clientOf(operations, scriptedTransport([{ status, json }])).findMeeting?.('a b');
    expect(await found(200, { id: 'a b', in: 3 })).toEqual({ id: 'a b', participants: 3 });
    expect(await found(200, { id: 'a b', in: 0 })).toEqual({ id: 'a b', participants: 0 });
    expect(await found(200, { id: 'a b', in: [{}, {}] })).toEqual({ id: 'a b', participants: 2 });
    expect(await found(200, { id: 'a b', in: [] })).toEqual({ id: 'a b', participants: 0 });
    expect(await found(404, {})).toBeUndefined();
    expect((await failureOf(found(200, { id: 'a b', in: 'many' }))).kind).toBe('protocol');
    expect((await failureOf(found(200, { id: 'a b', in: -1 }))).kind).toBe('protocol');
    expect((await failureOf(found(200, { id: 'other', in: 1 }))).kind).toBe('protocol');
    expect((await failureOf(found(500, {}))).kind).toBe('status');
    expect((await failureOf(found(503, {}))).kind).toBe('shed');
  });
});

describe('a participation', () => {
  const facts = { 'recording.bytes': 'header:content-length', 'recording.checksum': 'json:/sum' };

  test('is recorded, and the recording is found with what was told of it', async () => {
    const io = scriptedTransport([
      { json: {} },
      { json: { id: 'r/1', sum: 'abc' }, headers: { 'content-length': '9' } },
      { json: { sum: 'abd' }, headers: { 'content-length': '8' } },
      { status: 404 },
      { json: { sum: 'abd' }, headers: { 'content-length': 'long' } },
    ]);
    const capture = { 'recording.id': 'json:/id', ...facts };
    const operations = {
      join: [{ request: 'POST /m/${meeting.id}/seats' }],
      record: [{ request: 'POST /m/${meeting.id}/recordings', capture }],
      findRecording: [{ request: 'GET /r/${recording.id}', missing: { status: 404 }, capture: facts }],
    };
    const client = clientOf(operations, io);
    const seat = await client.join?.({ id: '5' });
    expect(await seat?.record?.()).toEqual({ id: 'r/1', bytes: 9, checksum: 'abc' });
    expect(await client.findRecording?.('r/1')).toEqual({ id: 'r/1', bytes: 8, checksum: 'abd' });
    expect(await client.findRecording?.('r2')).toBeUndefined();
    expect((await failureOf(client.findRecording?.('r/1'))).kind).toBe('protocol');
    expect(io.requests.map(({ url }) => url.replace('http://127.0.0.1:8080', ''))).toEqual([
      ...['/m/5/seats', '/m/5/recordings', '/r/r%2F1', '/r/r2', '/r/r%2F1'],
    ]);
  });

  const chat = [{ send: { id: '${message.id}', text: '${message.text}' }, expect: { id: '${message.id}' } }];

  test('without a socket can be left, and joined over HTTP alone', async () => {
    const io = scriptedTransport([{ json: { seat: 5 } }]);
    const join = [{ request: 'POST /m/${meeting.id}/seats', capture: { seat: 'json:/seat' } }];
    const say = [{ request: 'POST /m/${meeting.id}/chat?seat=${seat}', json: '${message.text}' }];
    const seat = await clientOf({ join, chat: say }, io).join?.({ id: 'ü' });
    await seat?.chat?.('hi');
    await seat?.leave();
    expect(io.requests.map(({ url }) => url)).toEqual([
      'http://127.0.0.1:8080/m/%C3%BC/seats',
      'http://127.0.0.1:8080/m/%C3%BC/chat?seat=5',
    ]);
  });

  test('keeps messages apart that are under way at once', async () => {
    const io = scriptedTransport([{}]);
    const steps = [{ request: 'GET /' }, { request: 'POST /', json: '${message.text}' }];
    const seat = await clientOf({ join: [{ request: 'POST /j' }], chat: steps }, io).join?.({ id: '1' });
    await Promise.all([seat?.chat?.('one'), seat?.chat?.('two')]);
    expect(io.requests.flatMap(({ body }) => body ?? [])).toEqual(['"one"', '"two"']);
  });

  test('is left once', async () => {
    const io = scriptedTransport([{}]);
    const leave = [{ send: { bye: '${person.name}' } }];
    const seat = await clientOf({ join: [{ websocket: '/s' }], leave }, io).join?.({ id: '1' });
    await seat?.leave();
    await seat?.leave();
    expect([io.sent, io.closed]).toEqual([['{"bye":"Ada Lovelace"}'], 1]);
  });

  test('takes leave with what joining captured, and offers only protocols that can be', async () => {
    const goodbye = async (seatName: string) => {
      const io = scriptedTransport([{ json: { seat: seatName } }]);
      const join = [
        { request: 'POST /j', capture: { seat: 'json:/seat' } },
        { websocket: '/s', protocols: ['v1', '${seat}'] },
      ];
      const leave = [{ send: '${seat} in ${meeting.id} leaves' }];
      const seat = await clientOf({ join, leave }, io).join?.({ id: '1' });
      await seat?.leave();
      return [io.opened[0]?.options.protocols, io.sent];
    };
    expect(await goodbye('seat-5')).toEqual([['v1', 'seat-5'], ['seat-5 in 1 leaves']]);
    const { kind, message } = await failureOf(goodbye('seat 5, admin'));
    expect([kind, message]).toEqual([
      'protocol',
      'targets.staging.operations.join[1].protocols[1]: ${seat} holds characters that a WebSocket protocol cannot carry',
    ]);
  });

  test('says every message under a name of its own', async () => {
    const io = scriptedTransport([{}]);
    const names = new Set<string>();
    const echo = {
      ...io,
      async websocket() {
        let last = '';
        return {
          send: (text: string) => (last = text),
          next: async () => last,
          follow: () => {},
          ignore: () => {},
          close: () => {},
        };
      },
    };
    const target = targetOf({
      operations: {
        join: [{ websocket: '/s' }],
        chat: [{ ...chat[0], capture: { id: 'json:/id' } }, { request: 'GET /${id}' }],
      },
    });
    const client = target.client(echo, ada);
    const seats: (Participation | undefined)[] = [];
    for (const one of [client, client, client.elsewhere(echo), target.client(echo, ada)])
      seats.push(await one.join?.({ id: '1' }));
    for (const seat of seats) for (let i = 0; i < 50; i += 1) await seat?.chat?.('hi');
    for (const { url } of io.requests) names.add(url);
    expect(names.size).toBe(200);
  });

  test('that fails to begin leaves no socket open', async () => {
    const io = scriptedTransport([{}], ['{"type":"error","code":"full"}']);
    const join = [{ websocket: '/s' }, { send: 'join', expect: { type: 'joined' }, shed: { code: 'full' } }];
    const failure = await failureOf(clientOf({ join }, io).join?.({ id: '1' }));
    expect([failure.kind, failure.message]).toEqual(['shed', 'join step 2: shed by a message']);
    expect(io.closed).toBe(1);
  });

  test.each([
    ['{"code":"full","type":"joined"}', 'shed'],
    ['{"code":"no","type":"joined"}', 'denied'],
    ['{"code":"", "type":"other"}', 'reset'],
  ])('is judged by the message %s as %s before it is by what was expected', async (message, kind) => {
    const step = { send: 'join', expect: { type: 'joined' }, denied: { code: 'no' }, shed: { code: 'full' } };
    const io = scriptedTransport([{}], ['{}', 'noise', message]);
    expect((await failureOf(clientOf({ join: [{ websocket: '/s' }, step] }, io).join?.({ id: '1' }))).kind).toBe(kind);
  });

  test('of which a message lacks what was to be captured has failed', async () => {
    const io = scriptedTransport([{}], ['{"type":"joined"}']);
    const step = { receive: { type: 'joined' }, capture: { seat: 'json:/seat' } };
    const failure = await failureOf(clientOf({ join: [{ websocket: '/s' }, step] }, io).join?.({ id: '1' }));
    expect(failure.message).toBe('join step 2: the message holds no usable seat (json:/seat)');
    expect([failure.kind, io.closed]).toEqual(['protocol', 1]);
  });

  test('is left by a request where that is how it is joined', async () => {
    const io = scriptedTransport([{}, { status: 500 }]);
    const operations = { join: [{ request: 'PUT /seat' }], leave: [{ request: 'DELETE /seat' }] };
    const seat = await clientOf(operations, io).join?.({ id: '1' });
    await seat?.leave();
    expect(io.requests.map(({ method }) => method)).toEqual(['PUT', 'DELETE']);
  });

  test('is left without a word when the socket is gone already', async () => {
    const io = scriptedTransport([{}]);
    const gone = {
      ...io,
      async websocket() {
        return {
          send: () => {
            throw new Failure('reset', 'gone');
          },
          next: async () => '',
          follow: () => {},
          ignore: () => {},
          close: () => {
            io.closed += 1;
          },
        };
      },
    };
    const seat = await clientOf({ join: [{ websocket: '/s' }], leave: [{ send: 'bye' }] }, gone).join?.({ id: '1' });
    await seat?.leave();
    expect(io.closed).toBe(1);
  });
});

describe('an address that the target sends people to', () => {
  const goingTo = async (address: string, hosts: string[] = ['media.example.com']) => {
    const io = scriptedTransport([{ json: { address } }]);
    const join = [
      { request: 'POST /j', capture: { address: 'json:/address' } },
      { websocket: '${address}?seat=${person.index}' },
    ];
    await clientOf({ join }, io, ada, { hosts }).join?.({ id: '1' });
    return io.opened[0]?.url;
  };

  test.each([
    ['wss://media.example.com:444/x', 'wss://media.example.com:444/x?seat=7'],
    ['https://Media.example.com', 'wss://media.example.com/?seat=7'],
    ['http://127.0.0.1:9/a%20b', 'ws://127.0.0.1:9/a%20b?seat=7'],
  ])('%s is gone to on a declared host', async (address, url) => {
    expect(await goingTo(address)).toBe(url);
  });

  test.each([
    'wss://example.com/',
    'wss://media.example.com.evil.example/',
    'wss://media.example.com@evil.example/',
    'wss://evil.example\\@media.example.com/',
    'wss://media.example.com\\.evil.example/',
    'wss://media.example.com/\r\nx: y',
    'wss://media.example.com/#x',
    'ftp://media.example.com/',
    '//media.example.com/',
    '/path',
    'garbage',
  ])('%j is not gone to', async (address) => {
    const failure = await failureOf(goingTo(address));
    expect(failure.kind).toBe('protocol');
    expect(failure.message).not.toContain('evil');
  });
});
