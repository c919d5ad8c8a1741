import type { ToxicKind } from './toxic.ts';

/** Delays the end of a connection by `delay` milliseconds. */
export const slowClose: ToxicKind<'delay'> = {
  type: 'slow_close',
  struct: 'SlowCloseToxic',
  attributes: { delay: 'int64' },
  async pipe(flow, { delay }) {
    for (let chunk = await flow.read(); chunk; chunk = await flow.read()) await flow.write(chunk);
    await flow.pause(delay);
  },
};
