import { expect, test } from 'vitest';
import { hasRoom, isRefuge, placeFor } from '../../../../targets/reference/gateway/media/placement.ts';
import { MEDIA_VARIANTS } from '../../../../targets/reference/media/settings.ts';

const idle = { used: 0, layers: 3, late: 0, waits: 0 };
const place = (seats: number, busyness: Partial<typeof idle> = {}, isOpen = true) => ({
  ...{ isOpen, seats, busyness: { ...idle, ...busyness } },
});
const { '2016': weak, hardened } = MEDIA_VARIANTS;

test('in turn, whatever the servers have to do, of those that are there', () => {
  const places = [place(5_000, { used: 1, late: 9_000, layers: 0 }), place(0, {}, false), place(0)];
  expect([0, 1, 2, 3].map((turn) => placeFor(places, weak, turn))).toEqual([0, 2, 0, 2]);
  expect(placeFor([place(0, {}, false)], weak, 0)).toBe('no-media');
});

test('by load: where there is the least to do, and nowhere when all are full', () => {
  expect(placeFor([place(50), place(10, { used: 0.5 }), place(20)], hardened, 7)).toBe(2);
  const full = [place(600), place(3, { late: 300 }), place(3, { waits: 130 }), place(3, { used: 0.96, layers: 0 })];
  expect(placeFor(full, hardened, 0)).toBe('full');
  expect(placeFor([...full, place(599)], hardened, 0)).toBe(4);
  expect(placeFor([place(0, {}, false)], hardened, 0)).toBe('no-media');
});

test('by load: meetings that begin at once are spread, though what they send is not in what servers tell yet', () => {
  // One of them has just told what its two meetings use, and all are as late as a busy machine makes them.
  const told = [place(4, { used: 0.02, late: 60 }), place(8, { late: 20 }), place(4, { used: 0.01, late: 30 })];
  expect(placeFor(told, hardened, 0)).not.toBe(1);
});

test('a link that is full of pictures has room: they are forwarded in lower layers first', () => {
  expect(hasRoom(place(10, { used: 1, layers: 1 }), hardened)).toBe(true);
  expect(hasRoom(place(10, { used: 1, layers: 0 }), hardened)).toBe(false);
});

test('a meeting of a slow server is better off where it is much less late, and there is room', () => {
  const slow = place(10, { late: 90 });
  expect(isRefuge(place(500, { late: 20 }), slow, hardened)).toBe(true);
  for (const other of [slow, place(0, { late: 31 }), place(600), place(0, {}, false)])
    expect(isRefuge(other, slow, hardened)).toBe(false);
});
