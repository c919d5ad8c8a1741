import type { Socket } from 'node:net';
import { openConnection } from '../connections/open.ts';
import { Refusal } from '../connections/refusal.ts';
import type { ConnectionsOrder, Hold } from './order.ts';
import { rest } from './rest.ts';

/** So many are opened at once until the server is full. */
const AT_ONCE = 8;
/**
 * How soon a place that somebody else has left is taken, in milliseconds: a service that closes a connection and opens
 * another one at once is in a race with this for the place, and one that wins it every time is not hit at all.
 */
const AGAIN = 20;
/** How long one sign-in may take, in milliseconds. */
const SIGN_IN = 5_000;
/** So many more tries are made, so many milliseconds apart, before it counts as full. */
const LATER = { times: 3, apart: 100 };

/** Opens connections until there are enough or the server refuses another, and goes on trying to keep it so. */
export const holdConnections: Hold<ConnectionsOrder> = async (order, signal, tell) => {
  const held = new Set<Socket>();
  const more = async (atOnce: number) => {
    while ((await grows(order, held, atOnce)) && !signal.aborted);
  };
  try {
    await more(AT_ONCE);
    // A server knows of a connection that was closed a little later: it may still have a place.
    for (let n = 0; n < LATER.times && held.size < order.most; n += 1) {
      await rest(LATER.apart, signal);
      await more(1);
    }
    for (let told = -1; !signal.aborted; await rest(AGAIN, signal)) {
      if (held.size !== told) tell(held.size);
      told = held.size;
      // Later than at first, a database that does not answer is having a hard time, and the configuration is right.
      await more(1).catch(() => undefined);
    }
  } finally {
    for (const socket of held) socket.destroy();
  }
};

/** Opens a few more; tells whether there may be still more. Rejects when there is another reason than want of places. */
async function grows(order: ConnectionsOrder, held: Set<Socket>, atOnce: number): Promise<boolean> {
  const tries = Array.from({ length: Math.min(atOnce, order.most - held.size) }, () => isAdded(order, held));
  return tries.length > 0 && (await Promise.all(tries)).every(Boolean);
}

async function isAdded(order: ConnectionsOrder, held: Set<Socket>): Promise<boolean> {
  try {
    const socket = await openConnection(order, SIGN_IN);
    held.add(socket);
    socket.once('close', () => held.delete(socket));
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.isFull) return false;
    throw error;
  }
}
