import { expect, test } from 'vitest';
import { openEgress } from '../../../../targets/reference/media/egress.ts';
import { look, noPressure } from '../../../../targets/reference/media/pressure.ts';
import { freshTally } from '../../../../targets/reference/media/tally.ts';

/** Looks twice a second at a link that nothing fills, with what participants report of the way; tells what is allowed then. */
function watched(adaptsVideo = true) {
  const settings = { queuePerSeat: 10, egressBytesPerSecond: 1_000, copiesWaiting: false, adaptsVideo };
  const egress = openEgress(settings, freshTally(), () => undefined);
  const pressure = noPressure(0);
  let now = 0;
  return (seconds: number, way = { loss: 0, rise: 0 }) => {
    for (const end = now + seconds * 1_000; now < end; ) {
      now += 500;
      look(pressure, egress, { late: 0, waits: 0, way }, now);
    }
    return pressure.allowed;
  };
}

test('a way that is crowded out of the blue is relieved of two layers at once, so that what waits there gets away', () => {
  expect(watched()(0.5, { loss: 0, rise: 200 })).toBe(1);
  expect(watched()(0.5, { loss: 0.1, rise: 0 })).toBe(1);
});

test('a way is relieved again only when reports are about what is sent since', () => {
  const after = watched();
  expect(after(1.5, { loss: 0.1, rise: 200 })).toBe(1);
  expect(after(1, { loss: 0.1, rise: 200 })).toBe(0);
});

test('after that, more is tried by a quarter at a time, and what was too much by a little costs three of them', () => {
  const after = watched();
  after(0.5, { loss: 0.1, rise: 200 });
  expect(after(6)).toBe(1);
  expect(after(0.5)).toBe(1.25);
  expect(after(20)).toBeGreaterThan(1.75);
  const tried = after(0);
  expect(after(0.5, { loss: 0, rise: 100 })).toBe(tried - 0.75);
});

test('loss of some, and a round trip that is hardly longer, leave everything as it is', () => {
  expect(watched()(60, { loss: 0.03, rise: 60 })).toBe(3);
});

test('where video is not adapted nothing is relieved', () => {
  expect(watched(false)(10, { loss: 0.5, rise: 250 })).toBe(3);
});

test('where what comes waits to be read there is one layer less at once, and a voice fewer when it goes on', () => {
  const settings = { queuePerSeat: 10, egressBytesPerSecond: 1_000, copiesWaiting: false, adaptsVideo: true };
  const egress = openEgress(settings, freshTally(), () => undefined);
  const pressure = noPressure(0);
  const way = { loss: 0, rise: 0 };
  const seen = [60, 100, 100].map((waits, turn) => {
    look(pressure, egress, { late: 0, waits, way }, 500 * (turn + 1));
    return [pressure.allowed, pressure.brevity.fewer];
  });
  expect(seen).toEqual([
    [3, 0],
    [2, 0],
    [1, 1],
  ]);
});

/** A narrow way behind a link: what waits before it, and what it comes to for those who wait, in milliseconds. */
function throughNarrow(kilobytesPerSecond: number, perLayer: number, voices: number) {
  const settings = { queuePerSeat: 10, egressBytesPerSecond: 16_000_000, copiesWaiting: false, adaptsVideo: true };
  const tally = freshTally();
  const egress = openEgress(settings, tally, () => undefined);
  const pressure = noPressure(0);
  const room = (ms: number) => (kilobytesPerSecond * ms) / 1_000;
  // What participants tell is a second old.
  const told = Array.from({ length: 2 }, () => ({ loss: 0, rise: 0 }));
  let [now, waits] = [0, 0];
  return () => {
    const sent = (voices + perLayer * pressure.allowed) / 2;
    const comes = waits + sent - room(500);
    waits = Math.max(0, Math.min(room(250), comes));
    const rise = (waits / kilobytesPerSecond) * 1_000;
    told.push({ loss: Math.max(0, comes - room(250)) / sent, rise });
    tally.egressBytes += sent * 1_000;
    now += 500;
    look(pressure, egress, { late: 0, waits: 0, way: told.shift() ?? { loss: 0, rise: 0 } }, now);
    return { rise, allowed: pressure.allowed };
  };
}

test.each([
  ['for few who speak', 337, 150, 50],
  ['for many', 1_750, 800, 360],
])(
  'a narrow way %s is found at once, and tried so seldom that sound is hardly ever late',
  (_, narrow, layer, voices) => {
    const next = throughNarrow(narrow, layer, voices);
    const seen = Array.from({ length: 160 }, next);
    expect(seen.filter(({ rise }) => rise > 100).length / seen.length).toBeLessThan(0.04);
    // Pictures are not given up for that.
    expect(Math.min(...seen.slice(60).map(({ allowed }) => allowed))).toBeGreaterThan(0.7);
  },
);
