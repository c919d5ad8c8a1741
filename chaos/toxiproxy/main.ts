import { serveOrder } from '../server-program.ts';
import type { Order } from './order.ts';
import { startToxiproxy } from './server.ts';

/*
 * A Toxiproxy as a process of its own: one message tells it where to listen, and the end of the channel ends it, so that
 * no fault outlives who started it, however they die.
 */
serveOrder(async (order: Order) => (await startToxiproxy({ ...order, log })).url);

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}
