import { expect, test } from 'vitest';
import { feltQuantile } from '../../bench/freeze.ts';

test('what is felt of a stall is what one finds by asking everybody', () => {
  const [stall, seconds, rate] = [2_000, 10, 1_000];
  const waits = Array.from({ length: seconds * rate }, (_, index) => {
    const due = (index * 1_000) / rate;
    return due >= 4_000 && due < 4_000 + stall ? 4_000 + stall - due : 0;
  }).sort((a, b) => a - b);
  for (const share of [0.5, 0.9, 0.99, 0.999])
    expect(
      Math.abs((waits[Math.ceil(share * waits.length) - 1] ?? 0) - feltQuantile(share, stall, seconds)),
    ).toBeLessThan(2);
});
