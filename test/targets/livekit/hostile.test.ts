import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Failure } from '../../../core/failure.ts';
import type { HeardMessage } from '../../../core/media.ts';
import type { Client, SeatNews, Target } from '../../../core/target.ts';
import { nodeWire, PatientTransport } from '../../../generators/transports/node.ts';
import { livekitTarget } from '../../../targets/livekit/target.ts';
import { messageOf } from '../../../targets/livekit/wire/protobuf.ts';
import { attended, peers } from '../../support/attended.ts';
import { total } from '../../support/shards.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const ada = { index: 0, name: 'Ada', email: 'ada@example.com', password: 'not asked for' };

/** What a server does with somebody who has just opened the socket of the signalling. */
type Welcome = (socket: WebSocket) => void;

/** A server that is none, and the target that it would be. */
async function targetOf(welcome: Welcome): Promise<Target> {
  const server = createServer((_, answer) => answer.end('{"name":"room"}')).listen(0, '127.0.0.1');
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => welcome(socket.on('error', () => {})));
  await once(server, 'listening');
  closing.push(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return livekitTarget('mine', { kind: 'livekit', url, key: 'key', secret: 'secret' });
}

async function clientOf(welcome: Welcome, patience = 1_000) {
  const wire = nodeWire({ loopbackOnly: true, insecureTls: false });
  const target = await targetOf(welcome);
  closing.push(() => wire.close());
  const io = new PatientTransport(wire);
  io.giveUpAt = performance.now() + patience;
  return { client: target.client(io, ada) as Required<Client>, wire };
}

const says =
  (...messages: readonly (Uint8Array | string)[]): Welcome =>
  (socket) => {
    for (const message of messages) socket.send(message);
  };

const join = messageOf([[1, messageOf([])]]);
const leaving = (reason: number) => messageOf([[8, messageOf([[2, reason]])]]);
const other = messageOf([[5, messageOf([])]]);
const described = (field: number, sdp: string) =>
  messageOf([
    [
      field,
      messageOf([
        [1, 'offer'],
        [2, sdp],
        [3, 1],
      ]),
    ],
  ]);
const [answer, offer] = [(sdp: string) => described(2, sdp), (sdp: string) => described(3, sdp)];
const trickled = (init: string) =>
  messageOf([
    [
      4,
      messageOf([
        [1, init],
        [2, 1],
      ]),
    ],
  ]);
const noise = Uint8Array.from({ length: 400 }, (_, at) => (at * 193 + 255) & 0xff);

describe('joining fails', () => {
  test.each<[string, string, Welcome]>([
    ['protocol', 'in noise', says(noise)],
    ['protocol', 'in a text', says('{"join":{}}')],
    ['protocol', 'in a message that is cut off', says(Uint8Array.from([0x0a, 0x7f, 1]))],
    ['protocol', 'in a number without an end', says(new Uint8Array(400).fill(0xff))],
    ['protocol', 'in a length beyond numbers', says(Uint8Array.from([0x0a, ...Array<number>(9).fill(0xff), 1]))],
    ['protocol', 'in a dismissal that is none', says(messageOf([[8, noise]]))],
    ['protocol', 'in everything but that', says(...Array<Uint8Array>(3_000).fill(other))],
    ['protocol', 'in a frame of 2 MB', says(messageOf([[1, new Uint8Array(2_000_000)]]))],
    ['reset', 'with a reason nobody knows', says(leaving(2 ** 40))],
    ['shed', 'because the server goes', says(leaving(3))],
    ['denied', 'because they are put out', says(leaving(4))],
    ['reset', 'with the end of the socket', (socket) => socket.close()],
    ['reset', 'with the end of the connection', (socket) => socket.terminate()],
    [
      'reset',
      'with the end in the midst of it',
      (socket) => {
        socket.send(other);
        socket.terminate();
      },
    ],
    ['timeout', 'in silence', () => {}],
    ['timeout', 'in nothing at all', says(new Uint8Array(), new Uint8Array())],
    ['timeout', 'in an offer before the welcome', says(offer('v=0'), trickled('{}'))],
  ])('as %s, %s', { timeout: 20_000 }, async (kind, _, welcome) => {
    const { client, wire } = await clientOf(welcome);
    const failure: Failure = await client.join({ id: 'a' }).then(
      () => undefined,
      (thrown) => thrown,
    );
    expect(failure).toMatchObject({ name: 'Failure', kind });
    await expect.poll(() => wire.sockets).toBe(0);
  });
});

describe('in a room', () => {
  test.each<[string, Uint8Array | string]>([
    ['noise', noise],
    ['a candidate that is no JSON', trickled('{')],
    ['a candidate that is no text', trickled('{"candidate":{"toString":1}}')],
    ['a candidate of 50,000 levels', trickled(`{"candidate":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)],
    ['a name of a section that is none', trickled('{"candidate":"x","sdpMid":{"valueOf":1,"toString":2}}')],
    ['a dismissal', leaving(5)],
  ])('%s is the loss of the seat', async (_, message) => {
    const { client } = await clientOf(says(join, message));
    const seat = await client.join({ id: 'a' });
    const news: SeatNews[] = [];
    const heard: HeardMessage[] = [];
    seat.follow?.((told) => news.push(told));
    if (seat.media && 'negotiation' in seat.media)
      seat.media.negotiation.hear(
        (one) => heard.push(one),
        () => {},
      );
    await expect.poll(() => news).toMatchObject([{ is: 'lost' }]);
    expect(heard).toEqual([]);
    await seat.leave();
  });

  test.each<[string, Uint8Array]>([
    ['an answer without a text', messageOf([[2, 7]])],
    ['the welcome once more', join],
    ['a candidate of nothing', trickled('null')],
    ['a candidate of a number', trickled('5')],
  ])('%s is nothing that anybody loses a seat by', async (_, message) => {
    const { client } = await clientOf(says(join, message, other));
    const seat = await client.join({ id: 'a' });
    const news: SeatNews[] = [];
    seat.follow?.((told) => news.push(told));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(news).toEqual([]);
    await seat.leave();
  });
});

describe('people who speak WebRTC', () => {
  test('are refused by descriptions that are none, and those who speak for them live on', {
    timeout: 60_000,
  }, async () => {
    const candidate = 'candidate:1 1 UDP 1 127.0.0.1 9 typ host';
    const abuses = [
      [offer('garbage'), offer('')],
      [answer('v=0\r\nm=audio x y z\r\n')],
      [answer(`v=0\r\n${'a=x\r\n'.repeat(20_000)}`)],
      [trickled(JSON.stringify({ candidate })), offer('v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n')],
      Array.from({ length: 200 }, () => trickled('{"candidate":"candidate:x y UDP z 127.0.0.1 99999999 typ none"}')),
      [],
    ];
    let come = 0;
    const target = await targetOf((socket) => {
      const abuse = abuses[come % abuses.length] ?? [];
      come += 1;
      says(join, ...abuse)(socket);
    });
    const { bins, media } = await attended(5_000, target, undefined, undefined, peers());
    const offered = total(bins, (bin) => bin.offered);
    expect(come).toBeGreaterThan(6);
    expect(offered).toBeGreaterThan(12);
    expect(total(bins, (bin) => bin.good)).toBe(0);
    // Nobody was dropped by the generator, which is what becomes of all when their process breaks.
    expect(total(bins, (bin) => bin.dropped)).toBe(0);
    expect(total(media, ({ breaches }) => breaches.absent)).toBe(offered);
  });
});
