/** Several of a kind at work, which are started and stopped together. */
export interface Together<One> {
  readonly servers: readonly One[];
  stop(): Promise<void>;
}

/**
 * Waits until all of them are started, and makes of them what they are together. Throws what went wrong when one cannot be
 * started, or when that cannot be made; none is left then.
 */
export async function together<One extends { stop(): Promise<void> }, All>(
  starting: readonly Promise<One>[],
  made: (servers: readonly One[]) => Promise<All>,
): Promise<All & Together<One>> {
  const started = await Promise.allSettled(starting);
  const servers = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const stop = async () => void (await Promise.all(servers.map((server) => server.stop())));
  try {
    for (const one of started) if (one.status === 'rejected') throw one.reason;
    return { ...(await made(servers)), servers, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
