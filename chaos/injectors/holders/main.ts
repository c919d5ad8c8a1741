import { holdConnections } from './connections.ts';
import type { Order, Report } from './order.ts';
import { holdQuota } from './quota.ts';
import { holdSlices } from './slices.ts';
import { holdVolume } from './volume.ts';

/*
 * A holder: a process of its own, in a session of its own, that keeps one fault in place for as long as it lives. One
 * message tells it what to hold. It lets go and ends when the channel to its owner does, however that died, and when it is
 * told to by a signal; when it is killed the kernel lets go of what it held.
 */
const over = new AbortController();
/** Letting go takes milliseconds; whoever waits for the end of this process is not kept longer than this. */
const LETTING_GO = 5_000;

const end = () => {
  over.abort();
  setTimeout(() => process.exit(1), LETTING_GO).unref();
  if (!isHolding) process.exit(0);
};
let isHolding = false;

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);
process.once('disconnect', end);
process.once('message', async (order: Order) => {
  isHolding = true;
  try {
    await held(order);
    process.exit(0);
  } catch (error) {
    tell({ did: 'fail', why: error instanceof Error ? error.message : String(error) }, () => process.exit(1));
  }
});

function held(order: Order): Promise<void> {
  const told = (count: number) => tell({ did: 'hold', held: count });
  switch (order.hold) {
    case 'slices':
      return holdSlices(order, over.signal, told);
    case 'quota':
      return holdQuota(order, over.signal, told);
    case 'volume':
      return holdVolume(order, over.signal, told);
    case 'connections':
      return holdConnections(order, over.signal, told);
  }
}

function tell(report: Report, then: () => void = () => undefined): void {
  if (process.connected) process.send?.(report, then);
  else then();
}
