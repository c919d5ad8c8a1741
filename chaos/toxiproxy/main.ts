import type { ServerReport } from '../server-process.ts';
import type { Order } from './order.ts';
import { startToxiproxy } from './server.ts';

/*
 * A Toxiproxy as a process of its own: one message tells it where to listen, and the end of the channel ends it, so that
 * no fault outlives who started it, however they die.
 */
process.once('message', (order: Order) => {
  startToxiproxy({ ...order, log }).then(
    ({ url }) => report({ kind: 'ready', url }),
    (error: Error) => report({ kind: 'failed', what: error.message }),
  );
});
process.once('disconnect', () => process.exit(0));

function report(told: ServerReport): void {
  process.send?.(told);
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}
