import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { pacer } from '../../generators/pacer.ts';

test('all the time that the loop is away is added up, and the longest of it told once', async () => {
  const paced = pacer(() => true);
  try {
    await sleep(20);
    const before = paced.away;
    paced.takeLag();
    for (const ms of [40, 60]) {
      for (const until = performance.now() + ms; performance.now() < until; );
      // What is still going on counts, too.
      expect(paced.away - before).toBeGreaterThan(ms - 5);
      await sleep(10);
    }
    expect(paced.away - before).toBeGreaterThan(90);
    expect(paced.takeLag()).toBeGreaterThan(55);
  } finally {
    paced.stop();
  }
});
