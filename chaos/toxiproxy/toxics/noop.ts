import type { ToxicKind } from './toxic.ts';

/** Lets everything through as it is. */
export const noop: ToxicKind<never> = {
  type: 'noop',
  struct: 'NoopToxic',
  attributes: {},
  async pipe(flow) {
    for (let chunk = await flow.read(); chunk; chunk = await flow.read()) await flow.write(chunk);
  },
};
