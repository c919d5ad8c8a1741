import { serveOrder } from '../server-program.ts';
import type { Order } from './order.ts';
import { startServer } from './server.ts';

/*
 * The relay as a process of its own: one message tells it what its chances are drawn from, and the end of the channel ends
 * it, so that nothing it impairs outlives its owner, however that dies.
 */
serveOrder(({ seed }: Order) => startServer(seed));
