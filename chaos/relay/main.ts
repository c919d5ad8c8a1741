import type { ServerReport } from '../server-process.ts';
import type { Order } from './order.ts';
import { startServer } from './server.ts';

/*
 * The relay as a process of its own: one message tells it what its chances are drawn from, and the end of the channel ends
 * it, so that nothing it impairs outlives its owner, however that dies.
 */
process.once('message', ({ seed }: Order) => {
  startServer(seed).then(
    (url) => report({ kind: 'ready', url }),
    (error: Error) => report({ kind: 'failed', what: error.message }),
  );
});
process.once('disconnect', () => process.exit(0));

function report(told: ServerReport): void {
  process.send?.(told);
}
