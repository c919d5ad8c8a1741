import { afterEach, describe, expect, test } from 'vitest';
import type { Failure } from '../../../core/failure.ts';
import type { HeardMessage } from '../../../core/media.ts';
import type { Client, SeatNews } from '../../../core/target.ts';
import type { Transport } from '../../../core/transport.ts';
import { nodeWire, PatientTransport } from '../../../generators/transports/node.ts';
import { parseWhipDeclaration } from '../../../targets/whip/schema.ts';
import { whipTarget } from '../../../targets/whip/target.ts';
import { answers, both, endless, hostileService, type Manners, says } from '../../support/hostile-service.ts';
import { type ScriptedAnswer, scriptedTransport } from '../../support/scripted-transport.ts';

const closing: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

const somebody = { index: 0, name: 'Ada', email: 'ada@example.com', password: 'secret' };
const URL_ = 'http://127.0.0.1:8889';
const SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n';
const made = { 'content-type': 'application/sdp', location: '/session/1' };
const agreed: ScriptedAnswer = { status: 201, body: SDP, headers: made };

/** Somebody at a place of a meeting, what they hear, and what went wrong. */
async function at(io: Transport, place: number, changes: object = {}) {
  const paths = { publish: '/a b/{meeting}-{person}/whip', view: '/{meeting}-{person}/whep' };
  const written = { kind: 'whip', url: URL_, ...paths, token: 'hush', publishers: 2, ...changes };
  const target = whipTarget('stage', parseWhipDeclaration(written, 'targets.stage', {}));
  const client = target.client(io, somebody) as Required<Client>;
  const seat = await client.join({ id: 'run/1' }, undefined, place);
  const [heard, failures, news]: [HeardMessage[], Failure[], SeatNews[]] = [[], [], []];
  seat.follow?.((told) => news.push(told));
  if (!seat.media || !('negotiation' in seat.media)) throw new Error('a seat that is not negotiated');
  const { negotiation, asks } = seat.media;
  negotiation.hear(
    (message) => heard.push(message),
    (failure) => failures.push(failure as Failure),
  );
  const offers = {
    publish: () => negotiation.say({ line: 'sending', is: 'offer', sdp: 'mine' }),
    view: (id: number) => negotiation.say({ line: 'receiving', is: 'offer', sdp: `view ${id}`, id }),
  };
  return { ...{ seat, heard, failures, news, negotiation, asks }, ...offers };
}

/** A service that does one thing to every offer, seen by somebody with little patience. */
async function seenBy(manners: Manners | undefined) {
  const service = await hostileService(() => manners);
  const wire = nodeWire({ loopbackOnly: true, insecureTls: false });
  closing.push(service.close, () => wire.close());
  const io = new PatientTransport(wire);
  io.giveUpAt = performance.now() + 1_000;
  return at(io, 0, { url: service.url });
}

describe('somebody who publishes', () => {
  test('offers with the token, hears the answer, and ends the session where it is', async () => {
    const io = scriptedTransport([agreed, { status: 200 }]);
    const { publish, heard, seat, asks } = await at(io, 0);
    expect(asks).toEqual({ sends: true, receives: 1, candidates: 'trickled' });
    publish();
    await expect.poll(() => heard).toEqual([{ line: 'sending', is: 'answer', sdp: SDP }]);
    expect(io.requests).toEqual([
      {
        ...{ method: 'POST', url: `${URL_}/a%20b/run%2F1-1/whip`, body: 'mine' },
        headers: { 'content-type': 'application/sdp', accept: 'application/sdp', authorization: 'Bearer hush' },
      },
    ]);
    await seat.leave();
    expect(io.requests[1]).toMatchObject({ method: 'DELETE', url: `${URL_}/session/1`, aside: true });
  });

  test('goes where a server sends them, and tells candidates where the session takes them', async () => {
    const on = (status: number, location: string): ScriptedAnswer => ({ status, headers: { location } });
    const taking = { ...agreed, headers: { ...made, location: 'ab/../1?x', etag: '"7"' } };
    const io = scriptedTransport([on(307, '/eu/'), on(308, `${URL_}/eu/2/`), taking, { status: 204 }]);
    const { publish, negotiation, heard } = await at(io, 0);
    publish();
    await expect.poll(() => heard.length).toBe(1);
    for (const candidate of ['candidate:1 1 udp 1 127.0.0.1 5 typ host', ''])
      negotiation.say({ line: 'sending', is: 'candidate', candidate, mid: '0' });
    await expect.poll(() => io.requests.length).toBe(4);
    expect(io.requests[3]).toMatchObject({
      ...{ method: 'PATCH', url: `${URL_}/eu/2/1?x` },
      headers: { 'content-type': 'application/trickle-ice-sdpfrag', 'if-match': '"7"' },
      body: 'a=candidate:1 1 udp 1 127.0.0.1 5 typ host\r\na=end-of-candidates\r\n',
    });
  });

  test.each<[string, ScriptedAnswer, object]>([
    ['shed', { status: 503, headers: { 'retry-after': '7' } }, { retryAfter: 7_000 }],
    ['shed', { status: 429 }, {}],
    ['denied', { status: 401 }, {}],
    ['denied', { status: 403 }, {}],
    ['status', { status: 404 }, {}],
    ['status', { status: 405 }, {}],
    ['status', { status: 406, body: SDP, headers: made }, {}],
    ['status', { ...agreed, status: 200 }, {}],
    ['protocol', { ...agreed, headers: { 'content-type': 'application/sdp' } }, {}],
    ['protocol', { ...agreed, body: '<html>', headers: { ...made, 'content-type': 'text/html' } }, {}],
    ['protocol', { ...agreed, body: 'v=1 garbage' }, {}],
    ['protocol', { ...agreed, body: `v=0\r\n${'a=x\r\n'.repeat(100_000)}` }, {}],
    ['protocol', { ...agreed, headers: { ...made, location: 'ftp://127.0.0.1/x' } }, {}],
    ['unreachable', { ...agreed, headers: { ...made, location: 'http://example.com/session' } }, {}],
    ['unreachable', { status: 307, headers: { location: 'http://example.com/whip' } }, {}],
    ['protocol', { status: 307, headers: { location: '/round/and/round' } }, {}],
    ['protocol', { status: 307 }, {}],
  ])('fails as %s (%#)', async (kind, answer, more) => {
    const io = scriptedTransport([answer]);
    const { publish, failures, news, heard } = await at(io, 0);
    publish();
    await expect.poll(() => failures).toMatchObject([{ name: 'Failure', kind, ...more }]);
    expect(failures[0]?.message).not.toContain('html');
    expect([news.length, heard.length]).toEqual([1, 0]);
    // A session that was made and is of no use is ended.
    const { location = '' } = answer.headers ?? {};
    const isMade = answer.status === 201 && location === '/session/1';
    await expect.poll(() => io.requests.some(({ method }) => method === 'DELETE')).toBe(isMade);
  });

  test.each<[string, string, Manners | undefined]>([
    ['timeout', 'in silence', undefined],
    ['timeout', 'with half an answer', says('HTTP/1.1 201 So\r\ncontent-type: application/sdp\r\ncontent-le')],
    ['reset', 'by the end of the connection', (socket) => void socket.destroy()],
    [
      'protocol',
      'with an answer that does not end',
      both(says('HTTP/1.1 201 So\r\ncontent-length: 99999999\r\n\r\n'), endless(Buffer.alloc(2 ** 18))),
    ],
    ['protocol', 'with a page', answers('<html>words</html>', 201, 'location: /x\r\ncontent-type: text/html\r\n')],
  ])('fails as %s %s', { timeout: 10_000 }, async (kind, _, manners) => {
    const { publish, failures } = await seenBy(manners);
    publish();
    await expect.poll(() => failures, { timeout: 5_000 }).toMatchObject([{ name: 'Failure', kind }]);
    expect(failures[0]?.message).not.toContain('words');
  });

  test('who goes before the answer is there ends the session that is made for them', async () => {
    let answer: (status: ScriptedAnswer) => void = () => {};
    const io = scriptedTransport([agreed]);
    const late = new Promise<ScriptedAnswer>((resolve) => {
      answer = resolve;
    });
    const slow: Transport = { ...io, http: async (request) => late.then(() => io.http(request)) };
    const { publish, seat, heard } = await at(slow, 0);
    publish();
    await seat.leave();
    answer(agreed);
    await expect.poll(() => io.requests.map(({ method }) => method)).toEqual(['POST', 'DELETE']);
    expect(heard).toEqual([]);
  });
});

describe('somebody who views', () => {
  test('asks again while nobody publishes, and hears of it', async () => {
    const io = scriptedTransport([{ status: 404 }, { status: 409, headers: { 'retry-after': '0' } }, agreed]);
    const { view, heard, asks, failures } = await at(io, 5);
    expect(asks).toEqual({ sends: false, receives: 2, candidates: 'trickled' });
    view(1);
    const nothing = { line: 'receiving', is: 'nothing', id: 1 };
    const answer = { line: 'receiving', is: 'answer', sdp: SDP, id: 1 };
    await expect.poll(() => heard, { timeout: 5_000 }).toEqual([nothing, nothing, answer]);
    expect(io.requests.map(({ url, aside }) => [url, aside])).toEqual([
      [`${URL_}/run%2F1-2/whep`, undefined],
      [`${URL_}/run%2F1-2/whep`, true],
      [`${URL_}/run%2F1-2/whep`, true],
    ]);
    expect(failures).toEqual([]);
  });

  test('answers what is offered instead, and has lost it when that is not taken', async () => {
    const io = scriptedTransport([{ ...agreed, status: 406 }, { status: 422 }]);
    const { view, heard, negotiation, news } = await at(io, 5);
    view(0);
    await expect.poll(() => heard).toEqual([{ line: 'receiving', is: 'offer', sdp: SDP, id: 0 }]);
    negotiation.say({ line: 'receiving', is: 'answer', sdp: 'taken', id: 0 });
    await expect.poll(() => news).toMatchObject([{ is: 'lost', says: expect.stringContaining('422') }]);
    expect(io.requests[1]).toMatchObject({ method: 'PATCH', url: `${URL_}/session/1`, body: 'taken' });
  });
});
