import type { ToxicKind } from './toxic.ts';

/** Drops everything, and ends the connection after `timeout` milliseconds without any data; never when that is 0. */
export const timeout: ToxicKind<'timeout'> = {
  type: 'timeout',
  struct: 'TimeoutToxic',
  attributes: { timeout: 'int64' },
  endsWithIt: true,
  async pipe(flow, { timeout: silence }) {
    const within = silence > 0 ? silence : undefined;
    while (await flow.read(within));
  },
};
