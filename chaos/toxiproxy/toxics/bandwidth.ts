import type { ToxicKind } from './toxic.ts';

/** How often pieces are passed on, in milliseconds. */
const BEAT = 100;

/** Lets `rate` kilobytes (1,000 bytes) per second through; at 0 it stalls. Interruption delivers what it holds. */
export const bandwidth: ToxicKind<'rate'> = {
  type: 'bandwidth',
  struct: 'BandwidthToxic',
  attributes: { rate: 'int64' },
  complaint: ({ rate }) => (rate < 0 ? `bandwidth: rate must not be negative, not ${rate}` : undefined),
  async pipe(flow, { rate }) {
    // What is owed in milliseconds; below 0 after a wait that took too long, so that the rate holds on the whole.
    let owed = 0;
    for (let chunk = await flow.read(); chunk; chunk = await flow.read()) {
      let { data } = chunk;
      const { at } = chunk;
      owed += rate > 0 ? data.length / rate : Number.POSITIVE_INFINITY;
      for (const piece = rate * BEAT; data.length > piece && !flow.interrupted; data = data.subarray(piece)) {
        owed -= await timed(flow.pause(rate > 0 ? Math.min(BEAT, owed) : Number.POSITIVE_INFINITY));
        if (flow.interrupted) break;
        await flow.write({ data: data.subarray(0, piece), at });
      }
      // A timer is no finer than a millisecond: less than that waits for more.
      if (owed >= 1 && !flow.interrupted) owed -= await timed(flow.pause(owed));
      await flow.write({ data, at });
    }
  },
};

async function timed(wait: Promise<void>): Promise<number> {
  const began = performance.now();
  await wait;
  return performance.now() - began;
}
