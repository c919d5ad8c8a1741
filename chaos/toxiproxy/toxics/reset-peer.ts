import type { ToxicKind } from './toxic.ts';

/**
 * Drops the first data and ends the connection `timeout` milliseconds later: with a reset if it began while the toxic was
 * there. Who waits for it when the toxic is changed or taken away is reset at once.
 */
export const resetPeer: ToxicKind<'timeout'> = {
  type: 'reset_peer',
  struct: 'ResetToxic',
  attributes: { timeout: 'int64' },
  resets: true,
  async pipe(flow, { timeout }) {
    const chunk = await flow.read();
    if (!chunk && flow.interrupted) return;
    await flow.pause(timeout);
    flow.close();
  },
};
