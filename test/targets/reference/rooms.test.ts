import { expect, test } from 'vitest';
import { Rooms } from '../../../targets/reference/gateway/rooms.ts';

test('a room takes as many as it has seats, those on the way in included', () => {
  const rooms = new Rooms(2);
  expect(rooms.reserve('a')).toBe(true);
  expect(rooms.enter('a', member())).toBe(1);
  expect(rooms.reserve('a')).toBe(true);
  expect(rooms.reserve('a')).toBe(false);
  expect(rooms.reserve('b')).toBe(true);
  rooms.release('a');
  expect(rooms.reserve('a')).toBe(true);
});

test('what is said is heard by everybody in the room, and by nobody who left', () => {
  const rooms = new Rooms(3);
  const [stays, leaves, elsewhere] = [member(), member(), member()];
  for (const [meeting, someone] of [
    ['a', stays],
    ['a', leaves],
    ['b', elsewhere],
  ] as const) {
    rooms.reserve(meeting);
    rooms.enter(meeting, someone);
  }
  rooms.tell('a', 'first');
  rooms.leave('a', leaves);
  rooms.tell('a', 'second');
  expect([stays.heard, leaves.heard, elsewhere.heard]).toEqual([['first', 'second'], ['first'], []]);
});

function member(): { heard: string[]; tell(text: string): void } {
  const heard: string[] = [];
  return { heard, tell: (text) => heard.push(text) };
}
