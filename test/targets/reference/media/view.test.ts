import { expect, test } from 'vitest';
import { freshView, hearOfLoss, type PicturePacket, shownWith } from '../../../../targets/reference/media/view.ts';

const key = { beginsFrame: true, beginsKeyFrame: true, temporalLayer: 0 };
const frame = { beginsFrame: true, beginsKeyFrame: false, temporalLayer: 0 };
const rest = { beginsFrame: false, beginsKeyFrame: false, temporalLayer: 0 };
const all = [true, true, true];

const packet = (layer: number, sequence: number, changed: Partial<PicturePacket> = {}): PicturePacket => ({
  ...{ ssrc: 100 + layer, picture: 100, layer, sequence, facts: key, live: all },
  ...changed,
});

test('of simulcast one layer is shown, the highest allowed', () => {
  const view = freshView();
  expect([0, 1, 2].map((layer) => shownWith(view, packet(layer, 7), 3, 0))).toEqual([undefined, undefined, 7]);
  const lower = freshView();
  expect([0, 1, 2].map((layer) => shownWith(lower, packet(layer, 7), 2, 0))).toEqual([undefined, 7, undefined]);
  const none = freshView();
  expect([0, 1, 2].map((layer) => shownWith(none, packet(layer, 7), 0, 0))).toEqual([undefined, undefined, undefined]);
});

test('a picture begins with a key frame, or with any frame when none comes for half a second', () => {
  const view = freshView();
  expect(shownWith(view, packet(2, 1, { facts: frame }), 3, 0)).toBeUndefined();
  expect(shownWith(view, packet(2, 2, { facts: rest }), 3, 600)).toBeUndefined();
  expect(shownWith(view, packet(2, 3, { facts: frame }), 3, 600)).toBe(3);
});

test('less is shown at once, more from a key frame on, and each layer goes on with its own numbers', () => {
  const view = freshView();
  expect(shownWith(view, packet(2, 10), 3, 0)).toBe(10);
  expect(shownWith(view, packet(2, 11, { facts: rest }), 1, 10)).toBeUndefined();
  expect(shownWith(view, packet(0, 500), 1, 20)).toBe(500);
  expect(shownWith(view, packet(2, 40, { facts: frame }), 3, 30)).toBeUndefined();
  expect(shownWith(view, packet(0, 501, { facts: frame }), 3, 40)).toBe(501);
  expect(shownWith(view, packet(2, 50), 3, 50)).toBe(11);
  expect(shownWith(view, packet(0, 502), 3, 60)).toBeUndefined();
});

test('what comes in one layer is thinned out in time, without a gap', () => {
  const view = freshView();
  const live = [true, false, false];
  const thin = (sequence: number, temporalLayer: number, allowed: number) =>
    shownWith(view, packet(0, sequence, { live, facts: { ...key, temporalLayer } }), allowed, 0);
  expect([thin(1, 0, 3), thin(2, 2, 3), thin(3, 1, 3), thin(4, 2, 3)]).toEqual([1, 2, 3, 4]);
  expect([thin(5, 0, 2), thin(6, 2, 2), thin(7, 1, 2), thin(8, 2, 2)]).toEqual([5, undefined, 6, undefined]);
  expect([thin(9, 0, 1), thin(10, 2, 1), thin(11, 1, 1), thin(12, 0, 1)]).toEqual([7, undefined, undefined, 8]);
});

test('a layer that ends is replaced, and another picture begins anew', () => {
  const view = freshView();
  expect(shownWith(view, packet(2, 1), 3, 0)).toBe(1);
  expect(shownWith(view, packet(1, 1, { live: [true, true, false] }), 3, 10)).toBe(1);
  const other = { ssrc: 200, picture: 200 };
  expect(shownWith(view, packet(2, 9, { ...other, ssrc: 202, facts: rest }), 3, 20)).toBeUndefined();
  expect(shownWith(view, packet(2, 10, { ...other, ssrc: 202 }), 3, 30)).toBe(10);
});

test('much loss takes a layer, some none, and five seconds with little give one back', () => {
  const view = freshView();
  hearOfLoss(view, 0.11, 1_000);
  hearOfLoss(view, 0.05, 2_000);
  expect(view.allowed).toBe(2);
  hearOfLoss(view, 0, 6_900);
  expect(view.allowed).toBe(2);
  hearOfLoss(view, 0.01, 7_100);
  expect(view.allowed).toBe(3);
  for (let n = 0; n < 5; n += 1) hearOfLoss(view, 1, 8_000);
  expect(view.allowed).toBe(0);
});
