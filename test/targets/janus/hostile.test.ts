import { afterEach, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import type { Failure } from '../../../core/failure.ts';
import type { HeardMessage } from '../../../core/media.ts';
import type { Client, SeatNews } from '../../../core/target.ts';
import { parseJanusDeclaration } from '../../../targets/janus/schema.ts';
import { janusTarget } from '../../../targets/janus/target.ts';
import { scriptedSocket } from '../../support/scripted-socket.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const somebody = { index: 0, name: 'Ada', email: 'ada@example.com', password: 'secret' };

/** What a server says to one message: texts, of which objects become JSON with the transaction of what was asked. */
type Answer = readonly (string | object)[] | ((socket: WebSocket) => void);

/** A client of a server that answers each message with the next of these, whatever was asked. */
async function clientOf(answers: readonly Answer[]) {
  const turns = answers.map((next) => (socket: WebSocket, asked: string) => {
    if (typeof next === 'function') return next(socket);
    const { transaction } = JSON.parse(asked);
    for (const said of next) socket.send(typeof said === 'string' ? said : JSON.stringify({ transaction, ...said }));
  });
  const server = await scriptedSocket('janus-protocol', turns, 1_000);
  closing.push(server.close);
  const { url, io, wire } = server;
  const declared = parseJanusDeclaration({ kind: 'janus', url }, 'targets.mine', {});
  return {
    ...{ client: janusTarget('mine', declared).client(io, somebody) as Required<Client>, wire },
    heard: () => server.heard.map((text): Record<string, unknown> => JSON.parse(text)),
    say: (message: object) => server.say(JSON.stringify(message)),
  };
}

const made = (id: number) => [{ janus: 'success', data: { id } }];
const event = (data: object, rest: object = {}) => ({ janus: 'event', sender: 2, plugindata: { data }, ...rest });
const refused = (code: number) => [{ janus: 'error', error: { code, reason: 'words\u001b[2J' } }];
const joined = [{ janus: 'ack' }, event({ videoroom: 'joined', private_id: 7, publishers: [{ id: 11 }, { id: 12 }] })];
const inRoom = [made(1), made(2), joined] as const;

describe('joining fails', () => {
  test.each<[string, string, readonly Answer[]]>([
    ['denied', 'because a secret is missing', [refused(403)]],
    ['shed', 'because no sessions are taken', [refused(472)]],
    ['status', 'because there is no such plugin', [made(1), refused(460)]],
    ['status', 'because of what nobody expects', [made(1), refused(490)]],
    ['status', 'because there is no such room', [made(1), made(2), [event({ error_code: 426 })]]],
    ['status', 'because of what nobody expects of the plugin', [made(1), made(2), [event({ error_code: 499 })]]],
    ['denied', 'because the room has a pin', [made(1), made(2), [event({ error_code: 433 })]]],
    ['protocol', 'in garbage', [['garbage <<<']]],
    ['protocol', 'in JSON that is no message', [['[1, 2]']]],
    ['protocol', 'in another protocol', [['{"type":"welcome"}']]],
    ['protocol', 'without a session', [[{ janus: 'success' }]]],
    ['protocol', 'with an answer to something else', [made(1), made(2), [event({ videoroom: 'created' })]]],
    ['reset', 'because the session is over', [made(1), [{ janus: 'timeout', transaction: undefined }]]],
    ['reset', 'because the socket is', [(socket) => socket.terminate()]],
    ['timeout', 'in silence', []],
    ['timeout', 'with answers to what nobody asked', [[{ janus: 'success', transaction: 'x', data: { id: 1 } }]]],
  ])('as %s, %s', { timeout: 20_000 }, async (kind, _, answers) => {
    const { client, wire } = await clientOf(answers);
    const failure: Failure = await client.join({ id: '5' }).then(
      () => undefined,
      (thrown) => thrown,
    );
    expect(failure).toMatchObject({ name: 'Failure', kind });
    expect(failure.message).not.toContain('words');
    await expect.poll(() => wire.sockets).toBe(0);
  });
});

describe('in a room', () => {
  const listening = async (answers: readonly Answer[]) => {
    const server = await clientOf(answers);
    const seat = await server.client.join({ id: '5' });
    const news: SeatNews[] = [];
    const messages: HeardMessage[] = [];
    const failures: Error[] = [];
    seat.follow?.((told) => news.push(told));
    if (!seat.media || !('negotiation' in seat.media)) throw new Error('a seat that is not negotiated');
    const { negotiation } = seat.media;
    negotiation.hear(
      (message) => messages.push(message),
      (failure) => failures.push(failure),
    );
    const asked = () =>
      server
        .heard()
        .slice(3)
        .map(({ janus, body, handle_id }) => ({ janus, body, handle_id }));
    return { ...server, seat, news, messages, failures, negotiation, asked };
  };
  const offer = (sdp: string) => ({ jsep: { type: 'offer', sdp }, sender: 3 });
  const subscribed = [event({ videoroom: 'attached' }, offer('first'))];

  test('one request is made for everybody who sends, and the next one when its offer is answered', async () => {
    const { negotiation, messages, asked, say } = await listening([...inRoom, made(3), subscribed]);
    await expect.poll(() => messages).toEqual([{ line: 'receiving', is: 'offer', sdp: 'first' }]);
    const join = { request: 'join', ptype: 'subscriber', room: 5, private_id: 7, use_msid: true };
    expect(asked().at(-1)).toEqual({
      ...{ janus: 'message', handle_id: 3 },
      body: { ...join, streams: [{ feed: 11 }, { feed: 12 }] },
    });
    for (const id of [13, 14, 15]) say(event({ videoroom: 'event', publishers: [{ id }] }));
    say(event({ videoroom: 'event', unpublished: 14 }));
    say(event({ videoroom: 'event', publishers: [{ id: 'x' }, { nobody: true }] }));
    say({ janus: 'trickle', sender: 2, candidate: { candidate: 'candidate:1', sdpMid: '0' } });
    await expect.poll(() => messages.length).toBe(2);
    expect(asked()).toHaveLength(2);
    negotiation.say({ line: 'receiving', is: 'answer', sdp: 'mine' });
    await expect.poll(() => asked().at(-1)?.body).toEqual({ request: 'start' });
  });

  test('who has just gone is left out, and the others are asked for one by one', async () => {
    const noFeed = [event({ error_code: 428 }, { sender: 3 })];
    const { asked, failures, news } = await listening([...inRoom, made(3), noFeed, noFeed, noFeed]);
    const feeds = () =>
      asked().flatMap(({ body }) => (body as { streams?: { feed: number }[] } | undefined)?.streams ?? []);
    await expect.poll(() => feeds().map(({ feed }) => feed)).toEqual([11, 12, 11, 12]);
    expect([...failures, ...news]).toEqual([]);
  });

  test('that has no more place for who sends, that is told as being turned away', async () => {
    const { negotiation, failures, news } = await listening([
      ...inRoom,
      made(3),
      subscribed,
      [event({ error_code: 432 })],
    ]);
    await expect.poll(() => news).toEqual([]);
    negotiation.say({ line: 'sending', is: 'offer', sdp: 'mine' });
    await expect.poll(() => failures).toMatchObject([{ kind: 'shed' }]);
    expect(news).toMatchObject([{ is: 'lost' }]);
  });

  test.each([
    ['garbage', '{{', 'a message that is no JSON'],
    ['the end of the session', '{"janus":"timeout"}', 'timed out'],
    ['that it has hung up', '{"janus":"hangup","sender":2,"reason":"\\u001b[2J"}', 'hung up'],
    ['that somebody is put out', JSON.stringify(event({ videoroom: 'event', leaving: 'ok' })), 'put out of the room'],
  ])('%s is the loss of the seat', async (_, text, says) => {
    const { news, client, seat } = await listening([...inRoom, [text]]);
    await expect.poll(() => news).toMatchObject([{ is: 'lost', says: expect.stringContaining(says) }]);
    expect(client).toBeDefined();
    await seat.leave();
  });
});
