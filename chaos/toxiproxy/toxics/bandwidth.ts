import type { ToxicKind } from './toxic.ts';

/** How often pieces are passed on, in milliseconds. */
const BEAT = 100;

/** Up to so many milliseconds between two chunks are the work of passing them on, and belong to the time they take. */
const GAP = 2;

/** Lets `rate` kilobytes (1,000 bytes) per second through; at 0 it stalls. Interruption delivers what it holds. */
export const bandwidth: ToxicKind<'rate'> = {
  type: 'bandwidth',
  struct: 'BandwidthToxic',
  attributes: { rate: 'int64' },
  complaint: ({ rate }) => (rate < 0 ? `bandwidth: rate must not be negative, not ${rate}` : undefined),
  async pipe(flow, { rate }) {
    const beat = rate * BEAT;
    // Milliseconds still to wait; below 0 after a wait that took too long, so that the rate holds on the whole.
    let owed = 0;
    let passed = Number.NEGATIVE_INFINITY;
    const wait = async (ms: number) => {
      const began = performance.now();
      await flow.pause(ms);
      owed -= performance.now() - began;
    };
    for (let chunk = await flow.read(); chunk; chunk = await flow.read()) {
      let { data } = chunk;
      const { at } = chunk;
      const gap = performance.now() - passed;
      owed += rate > 0 ? data.length / rate - (gap < GAP ? gap : 0) : Number.POSITIVE_INFINITY;
      while (data.length > beat && !flow.interrupted) {
        await wait(rate > 0 ? BEAT : Number.POSITIVE_INFINITY);
        if (flow.interrupted) break;
        await flow.write({ data: data.subarray(0, beat), at });
        data = data.subarray(beat);
      }
      // A timer is no finer than a millisecond: what is less waits for more.
      if (owed >= 1 && !flow.interrupted) await wait(owed);
      passed = performance.now();
      await flow.write({ data, at });
    }
  },
};
