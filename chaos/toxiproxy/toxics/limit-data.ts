import type { ToxicKind } from './toxic.ts';

/** Lets `bytes` bytes of a connection through, then ends it. */
export const limitData: ToxicKind<'bytes'> = {
  type: 'limit_data',
  struct: 'LimitDataToxic',
  attributes: { bytes: 'int64' },
  async pipe(flow, { bytes }) {
    for (let chunk = await flow.read(); chunk; chunk = await flow.read()) {
      const data = chunk.data.subarray(0, Math.max(0, bytes - flow.tally));
      flow.tally += data.length;
      await flow.write({ data, at: chunk.at });
      if (flow.tally >= bytes) return flow.close();
    }
  },
};
