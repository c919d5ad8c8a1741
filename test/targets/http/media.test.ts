import { describe, expect, test } from 'vitest';
import type { SeatNews } from '../../../core/target.ts';
import { scriptedTransport } from '../../support/scripted-transport.ts';
import { clientOf, failureOf, mistakesIn, targetOf } from './declared.ts';

const capture = {
  'media.host': 'json:/media/host',
  'media.port': 'json:/media/port',
  'media.key': 'json:/media/key',
  'media.audio': 'json:/media/audio',
  'media.video': 'json:/media/video',
};
const join = [{ websocket: '/signal' }, { send: { type: 'join' }, expect: { type: 'joined' }, capture }];
const media = { host: '127.0.0.1', port: 40_000, key: 'k', audio: 1, video: 4_294_967_295 };
const joined = (changes: object = {}) => {
  const io = scriptedTransport([{}], [JSON.stringify({ type: 'joined', media: { ...media, ...changes } })]);
  return { io, participation: clientOf({ join }, io, undefined, { hosts: ['media.example.com'] }).join?.({ id: 'm' }) };
};

describe('news of a seat', () => {
  const news = [
    { receive: { type: 'media-lost' }, means: 'lost' },
    { receive: { type: 'media' }, means: 'moved', capture },
  ];
  const told = async (...messages: object[]) => {
    const said = [{ type: 'joined', media }, ...messages].map((message) => JSON.stringify(message));
    const io = scriptedTransport([{}], said);
    const participation = await clientOf({ join, news }, io, undefined).join?.({ id: 'm' });
    const heard: SeatNews[] = [];
    participation?.follow?.((one) => void heard.push(one));
    return { io, heard, participation };
  };

  test('is what the messages mean that the declaration names, and the end of the socket', async () => {
    const { heard, io, participation } = await told(
      { type: 'chat', text: 'media-lost' },
      { type: 'media', media: { ...media, port: 40_001, key: 'k2' } },
      { type: 'media-lost' },
    );
    expect(heard).toEqual([
      { is: 'moved', media: { ...media, port: 40_001, key: 'k2' } },
      { is: 'lost', says: 'the target said so' },
    ]);
    // Where the seat was at first is what the join said.
    expect(participation?.media).toEqual(media);
    io.end();
    expect(heard.at(-1)).toEqual({ is: 'lost', says: 'WebSocket: closed by the target (1006)' });
  });

  test('of a move that says no place, or a strange one, is that the seat is lost', async () => {
    const { heard } = await told({ type: 'media' }, { type: 'media', media: { ...media, host: '192.0.2.7' } });
    expect(heard).toMatchObject([{ is: 'lost' }, { is: 'lost', says: expect.stringContaining('192.0.2.7') }]);
  });

  test('is not told where none is declared', async () => {
    expect((await joined().participation)?.follow).toBeUndefined();
  });

  test('is declared as a whole', () => {
    const url = 'http://127.0.0.1:8080';
    const moved = { receive: 'moved', means: 'moved', capture: { 'media.key': 'json:/k' } };
    expect(mistakesIn({ url, operations: { join, news: [moved] } })).toEqual([
      expect.stringMatching(/news\[0\]: moves the seat, but lacks media.host/),
    ]);
    expect(mistakesIn({ url, operations: { join: [{ request: 'POST /j' }], news } })).toEqual([
      expect.stringMatching(/news: comes over a socket, and there is none/),
    ]);
    expect(mistakesIn({ url, operations: { news } })).toHaveLength(1);
    expect(mistakesIn({ url, operations: { join, news: [{ receive: 'x', means: 'nothing' }] } })).toHaveLength(1);
  });
});

describe('a join that captures media', () => {
  test('gives a seat in it, and the target offers media', async () => {
    expect((await joined().participation)?.media).toEqual(media);
    expect(targetOf({ operations: { join } }).operations).toEqual(['join', 'media']);
    expect(targetOf({ operations: { join: [{ request: 'POST /j' }] } }).operations).toEqual(['join']);
  });

  test('of an answer over HTTP gives one, too', async () => {
    const io = scriptedTransport([{ json: { media } }]);
    const participation = await clientOf({ join: [{ request: 'POST /j', capture }] }, io).join?.({ id: 'm' });
    expect(participation?.media).toEqual(media);
  });

  test('goes to hosts of the declaration only', async () => {
    expect((await joined({ host: 'media.example.com' }).participation)?.media).toMatchObject({
      host: 'media.example.com',
    });
    const { io, participation } = joined({ host: '192.0.2.7' });
    expect((await failureOf(participation)).message).toBe(
      'media.host: 192.0.2.7 is none of the hosts that the declaration names',
    );
    expect(io.closed).toBe(1);
  });

  test.each<[string, object, RegExp]>([
    ['no media at all', { host: '' }, /holds no usable media.host/],
    ['a port that is none', { port: 70_000 }, /^media.port: the target answers no number up to 65535$/],
    ['an SSRC that is none', { audio: -1 }, /^media.audio: /],
    ['an SSRC of more than 32 bits', { video: 4_294_967_296 }, /^media.video: /],
  ])('fails on %s, and leaves no socket behind', async (_, changes, words) => {
    const { io, participation } = joined(changes);
    expect((await failureOf(participation)).message).toMatch(words);
    expect(io.closed).toBe(1);
  });

  test('captures all of it, and no other operation does', () => {
    const { 'media.key': _, ...rest } = capture;
    const url = 'http://127.0.0.1:8080';
    expect(mistakesIn({ url, operations: { join: [{ request: 'POST /j', capture: rest }] } })).toEqual([
      expect.stringMatching(/join: captures media, but not media.key/),
    ]);
    const login = [{ request: 'POST /l', capture: { 'media.key': 'json:/k' } }];
    expect(mistakesIn({ url, operations: { login } })).toHaveLength(1);
  });
});
