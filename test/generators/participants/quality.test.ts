import { describe, expect, test } from 'vitest';
import { sequence } from '../../../core/random.ts';
import { breachOf, type HeardSecond } from '../../../generators/participants/quality/floor.ts';
import { mosOf, mouthToEar } from '../../../generators/participants/quality/mos.ts';

describe('the E-model', () => {
  test.each([
    [50, 0, 4.38],
    [150, 0, 4.33],
    [300, 0, 3.71],
    [400, 0, 3.05],
    [100, 5, 3.82],
    [100, 10, 3.29],
    [100, 20, 2.51],
    [300, 5, 2.93],
  ])('says of %d ms and %d %% lost what ITU-T G.107 does', (delay, percent, mos) => {
    expect(mosOf({ delay, loss: percent / 100 })).toBeCloseTo(mos, 2);
  });

  test('stays between 1 and 4.5', () => {
    expect(mosOf({ delay: 5_000, loss: 1 })).toBe(1);
    expect(mosOf({ delay: 0, loss: 0, codec: { ie: -20, bpl: 25 } })).toBe(4.5);
  });

  test('never rises when loss, delay or burstiness rises', () => {
    const draw = sequence(107);
    for (let round = 0; round < 4_000; round += 1) {
      const before = { delay: draw() * 900, loss: draw() ** 2, burst: 1 + draw() * 7 };
      const mos = mosOf(before);
      const worse = [
        { ...before, delay: before.delay + draw() * 200 },
        { ...before, loss: Math.min(1, before.loss + draw() * 0.2) },
        { ...before, burst: before.burst + draw() * 3 },
      ];
      for (const one of worse) expect(mosOf(one), JSON.stringify([before, one])).toBeLessThanOrEqual(mos + 1e-12);
      expect(mos).toBeGreaterThanOrEqual(1);
      expect(mos).toBeLessThanOrEqual(4.5);
    }
  });

  test('counts the jitter buffer and a packet into the delay', () => {
    expect(mouthToEar(30)).toBe(110);
  });
});

describe('the quality floor', () => {
  const fine: HeardSecond = {
    ...{ seated: true, expected: true, packets: 100, loss: 0.1 },
    ...{ audioDelay: 150, videoDelay: 300, frozen: false },
  };

  test.each<[string, Partial<HeardSecond>, string | undefined]>([
    ['holds at its limits', {}, undefined],
    ['breaks without a seat', { seated: false }, 'unseated'],
    ['breaks in silence where somebody is to be heard', { packets: 0, loss: undefined }, 'silent'],
    ['holds in silence for who is alone', { packets: 0, loss: undefined, expected: false }, undefined],
    ['breaks by loss', { loss: 0.101 }, 'loss'],
    ['breaks by late sound', { audioDelay: 150.1 }, 'audio-delay'],
    ['breaks by a late picture', { videoDelay: 300.1 }, 'video-delay'],
    ['breaks by a picture that stands still', { frozen: true }, 'frozen'],
    ['holds where delays cannot be told', { audioDelay: undefined, videoDelay: undefined }, undefined],
  ])('%s', (_, changes, breach) => {
    expect(breachOf({ ...fine, ...changes })).toBe(breach);
  });
});
