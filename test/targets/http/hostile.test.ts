import { Buffer } from 'node:buffer';
import { afterEach, describe, expect, test } from 'vitest';
import { steady } from '../../../core/curve.ts';
import { plan } from '../../../core/planning/plan.ts';
import { nodeWire, PatientTransport } from '../../../generators/transports/node.ts';
import { slowQueries } from '../../../profiles/slow-queries.ts';
import { afterwards, ends, NO_ANSWERS } from '../../support/hostile-answers.ts';
import {
  answers,
  both,
  endless,
  frame,
  hostileService,
  type Manners,
  opens,
  says,
} from '../../support/hostile-service.ts';
import { loaded, total } from '../../support/shards.ts';
import { ada, targetOf } from './declared.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const operations = {
  login: [{ request: 'POST /login', json: { as: '${person.email}' }, capture: { token: 'json:/token' } }],
  createMeeting: [
    {
      request: 'POST /meetings',
      bearer: '${token}',
      json: { name: '${meeting.name}' },
      capture: { 'meeting.id': 'json:/id' },
    },
  ],
  join: [
    { websocket: '/meetings/${meeting.id}/signal?token=${token}' },
    { send: { type: 'join' }, expect: { type: 'joined' } },
  ],
  chat: [{ send: { type: 'chat', id: '${message.id}' }, expect: { type: 'chat', id: '${message.id}' } }],
  leave: [{ send: { type: 'leave' } }, { close: true }],
};

const json = (value: unknown, headers?: string) => answers(JSON.stringify(value), 200, headers);
/** Answers that HTTP has nothing against. */
const ANSWERS: readonly (readonly [string, Manners])[] = [
  ['nothing in it', answers('')],
  ['no JSON', answers('<h1>It works!</h1>')],
  ['bytes that are no text', answers(Buffer.from('fffe00ff80c0', 'hex'))],
  ['JSON of 100,000 levels', answers('['.repeat(100_000))],
  ['JSON of 100,000 levels that end', answers(`${'{"token":'.repeat(50_000)}1${'}'.repeat(50_000)}`)],
  ['a number', json(7)],
  ['a list', json([{ token: 'x' }])],
  ['an object for a text', json({ token: { toString: 1 } })],
  ['a name every object has', json({ __proto__: { token: 'x' }, constructor: 1 })],
  ['a body that says it is compressed', answers('{"token":"x"', 200, 'content-encoding: gzip\r\n')],
  ['the same again and again', answers('', 302, 'location: /login\r\n')],
  ['somewhere else', answers('', 307, 'location: http://192.0.2.1/\r\n')],
  ['a refusal until the year 10000', answers('', 503, 'retry-after: Fri, 31 Dec 9999 23:59:59 GMT\r\n')],
  ['a refusal for less than no time', answers('', 503, 'retry-after: -1\r\n')],
  ['a refusal for longer than numbers', answers('', 429, `retry-after: ${'9'.repeat(400)}\r\n`)],
  ['10,000 cookies', answers('{}', 200, 'set-cookie: a=b\r\n'.repeat(700))],
];

/** What somebody has to send back or to go to, and could not. */
const VALUES = [
  'a\r\nx: y',
  'a\u0000b',
  'ü\u{1f600}',
  '\ud800',
  '../../..',
  '?#%',
  '%zz',
  ' ',
  'x'.repeat(100_000),
  '\\',
  '${token}',
];

/** What comes on a WebSocket that a meeting should be on. */
const SOCKETS: readonly (readonly [string, Manners])[] = [
  ['no answer to the handshake', () => {}],
  ['the end of the connection', ends],
  ['a page for a handshake', answers('<h1>It works!</h1>')],
  ['a redirection', answers('', 302, 'location: http://192.0.2.1/\r\n')],
  [
    'a wrong handshake',
    says('HTTP/1.1 101 So\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: x\r\n\r\n'),
  ],
  ['a protocol nobody asked for', opens('', 'sec-websocket-protocol: xmpp\r\n')],
  ['an extension nobody asked for', opens('', 'sec-websocket-extensions: permessage-deflate\r\n')],
  ['silence', opens()],
  ['the end at once', afterwards(opens(), ends)],
  ['a reset at once', afterwards(opens(), (socket) => socket.resetAndDestroy())],
  ['garbage for a frame', opens(Buffer.alloc(500, 0xee))],
  ['an opcode that is none', opens(frame(0x83, 'x'))],
  ['a frame with reserved bits', opens(frame(0xf1, '{"type":"joined"}'))],
  ['a masked frame', opens(Buffer.from('8185000000004a4f494e4544', 'hex'))],
  ['a text that is none', opens(frame(0x81, Buffer.from('fffe80', 'hex')))],
  ['bytes for a text', opens(frame(0x82, Buffer.from('fffe80', 'hex')))],
  ['a frame of 2^63 bytes', opens(Buffer.from('817f8000000000000000', 'hex'))],
  ['a frame of 2^40 bytes', opens(Buffer.from('817f0000010000000000', 'hex'))],
  ['a frame of 2 MB', opens(frame(0x81, Buffer.alloc(2_000_000, 0x20)))],
  ['half a frame', opens(Buffer.from('817e0100aa', 'hex'))],
  [
    'a message in parts without end',
    both(opens(frame(0x01, '{"type":')), endless(frame(0x00, Buffer.alloc(60_000, 0x20)))),
  ],
  ['the middle of a message', opens(frame(0x80, 'x'))],
  ['pings without end', both(opens(), endless(Buffer.alloc(1_500, frame(0x89, 'x'))))],
  ['a ping that is too long', opens(frame(0x89, 'x'.repeat(200)))],
  ['an end with a code that is none', opens(frame(0x88, Buffer.from('0001', 'hex')))],
  ['an end for a reason that is no text', opens(frame(0x88, Buffer.from('03e8fffe', 'hex')))],
  ['no JSON', opens(frame(0x81, 'garbage <<<'))],
  ['JSON of 100,000 levels', opens(frame(0x81, '['.repeat(100_000)))],
  ['null', opens(frame(0x81, 'null'))],
  ['messages without end', both(opens(), endless(Buffer.alloc(13_000, frame(0x81, '{"is":"so"}'))))],
];

/** A service that does this at one place and is all right elsewhere. */
async function serviceWith(place: 'login' | 'signal', manners: Manners) {
  const service = await hostileService((request) => {
    if (request === 'POST /login') return place === 'login' ? manners : json({ token: 'x' });
    if (request === 'POST /meetings') return json({ id: '1' });
    return request.startsWith('GET /meetings/') && place === 'signal' ? manners : undefined;
  });
  closing.push(() => service.close());
  return service;
}

function clientAt(url: string) {
  const wire = nodeWire({ loopbackOnly: true, insecureTls: false });
  closing.push(() => wire.close());
  const io = new PatientTransport(wire);
  io.giveUpAt = performance.now() + 10_000;
  const target = targetOf({ url, operations });
  /** From now on nobody is waited for any longer than this. */
  const hurry = () => {
    io.giveUpAt = performance.now() + 200;
  };
  return { client: target.client(io, ada), wire, hurry };
}

/** What an operation came to, if nothing of ours broke. */
const outcomeOf = async (work: Promise<unknown> | undefined) => {
  try {
    await work;
    return 'done';
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'Failure') return 'failed';
    throw thrown;
  }
};

describe('a request that is answered with', () => {
  test.each([...NO_ANSWERS, ...ANSWERS])('%s has failed, in time', async (_, manners) => {
    const { client, hurry } = clientAt((await serviceWith('login', manners)).url);
    hurry();
    const began = performance.now();
    expect(await outcomeOf(client.login?.())).toBe('failed');
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('a meeting that is signalled with', () => {
  test.each(SOCKETS)('%s is not joined, in time, and leaves no socket', async (_, manners) => {
    const { client, wire, hurry } = clientAt((await serviceWith('signal', manners)).url);
    await client.login?.();
    hurry();
    const began = performance.now();
    expect(await outcomeOf(client.join?.({ id: '1' }))).toBe('failed');
    expect(performance.now() - began).toBeLessThan(6_000);
    // What is left is the connection that the login came over.
    await expect.poll(() => wire.sockets, { timeout: 5_000 }).toBeLessThanOrEqual(1);
  });
});

test.each(VALUES)('whoever is given %j to go on with fails, or goes on', async (value) => {
  const asked: string[] = [];
  const service = await hostileService((request) => {
    asked.push(request);
    if (request.startsWith('POST /login')) return json({ token: value });
    if (request.startsWith('POST /meetings')) return json({ id: value });
    return opens(frame(0x81, '{"type":"joined"}'));
  });
  closing.push(() => service.close());
  const { client, hurry } = clientAt(service.url);
  hurry();
  await outcomeOf(client.login?.());
  await outcomeOf(client.createMeeting?.({ name: 'hall', key: 'k', invited: ada }));
  await outcomeOf(client.join?.({ id: value }));
  for (const request of asked)
    expect(request).toMatch(/^(?:POST \/login|POST \/meetings|GET \/meetings\/[^/\s]+\/signal\?token=\S+)$/);
});

test('a load on a service that gets every bad habit at once ends, with an outcome for everybody and no bug of ours', async () => {
  const logins = [...NO_ANSWERS.map(([, manners]) => manners), ...VALUES.map((token) => json({ token }))];
  const meetings = [...ANSWERS.map(([, manners]) => manners), ...VALUES.map((id) => json({ id }))];
  const signals = SOCKETS.map(([, manners]) => manners);
  let isHostile = false;
  const turns = new Map<readonly Manners[], number>();
  const next = (habits: readonly Manners[], usual: Manners) => {
    if (!isHostile) return usual;
    const turn = turns.get(habits) ?? 0;
    turns.set(habits, turn + 1);
    return turn % 4 === 0 ? usual : habits[turn % habits.length];
  };
  const service = await hostileService((request) => {
    if (request.startsWith('POST /login')) return next(logins, json({ token: 'x' }));
    if (request.startsWith('POST /meetings')) return next(meetings, json({ id: '1' }));
    return next(signals, opens(frame(0x81, '{"type":"joined"}')));
  });
  closing.push(() => service.close());
  const target = targetOf({ url: service.url, operations });
  const planned = plan(slowQueries, { operations: target.operations });
  const scenario = { cohort: 'everybody', role: 'base', model: 'open', maxVUs: 1_000 } as const;
  const made = {
    ...planned,
    habits: { ...planned.habits, patience: 300, wrongPassword: 0, retries: [] },
    scenarios: [
      { ...scenario, name: 'logins', journey: 'login', signedIn: 0, curve: [steady(0, 2_000, 100)] },
      { ...scenario, name: 'meetings', journey: 'meet', signedIn: 10, curve: [steady(0, 2_000, 100)] },
    ] as typeof planned.scenarios,
  };
  const { bins, bugs, health } = await loaded(made, target, () => {
    isHostile = true;
  });
  expect(bugs).toEqual([]);
  const offered = total(bins, (bin) => bin.offered);
  const ended = total(bins, (bin) => bin.eventual + bin.shed + total(Object.values(bin.failed), (count) => count));
  expect(offered).toBeGreaterThan(300);
  expect(ended).toBe(offered);
  expect(health.at(-1)?.inFlight).toBe(0);
});
