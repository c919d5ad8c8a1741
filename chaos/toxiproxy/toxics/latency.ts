import type { ToxicKind } from './toxic.ts';

/** Delays each chunk by `latency` ± `jitter` milliseconds, less its age; they stay in order. */
export const latency: ToxicKind<'latency' | 'jitter'> = {
  type: 'latency',
  struct: 'LatencyToxic',
  attributes: { latency: 'int64', jitter: 'int64' },
  // Without room to wait in, the delay of one chunk would hold up the reading of the next.
  buffer: 1_024,
  async pipe(flow, { latency: mean, jitter }) {
    for (let chunk = await flow.read(); chunk; chunk = await flow.read()) {
      const drawn = jitter > 0 ? Math.floor(flow.random() * 2 * jitter) - jitter : 0;
      const wait = mean + drawn - (performance.now() - chunk.at);
      await flow.pause(wait);
      await flow.write(flow.interrupted ? chunk : { data: chunk.data, at: chunk.at + wait });
    }
  },
};
