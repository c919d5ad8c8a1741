import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';

/** Whoever waits for an answer, seen through the connection. */
export interface Visitor {
  /** When the request came, in milliseconds on `performance.now()`. */
  readonly arrived: number;
  /** True from the moment the connection closed with the answer still owed. */
  readonly departed: boolean;
  /** Calls back at that moment, at once when it is past. */
  whenDeparted(does: () => void): void;
  /** True somewhat before: from the moment the end of the connection was read. */
  readonly leaving: boolean;
}

/** The visitor a response is for. */
export function visitorOf(response: ServerResponse): Visitor {
  const arrived = performance.now();
  const listeners: (() => void)[] = [];
  let departed = false;
  response.once('close', () => {
    if (response.writableFinished) return;
    departed = true;
    for (const listener of listeners) listener();
  });
  return {
    arrived,
    get departed() {
      return departed;
    },
    get leaving() {
      return departed || response.req.socket.readableEnded;
    },
    whenDeparted(does) {
      if (departed) does();
      else listeners.push(does);
    },
  };
}

/**
 * Whether somebody has left whose request has just been read. The end of a connection is read in the turn of the event loop
 * after that: behind a server that was away for a while, most of those whose requests it reads next have.
 */
export async function hasLeft(visitor: Pick<Visitor, 'leaving'>): Promise<boolean> {
  // The first of these comes before the loop turns, the second one after it has.
  await setImmediate();
  await setImmediate();
  return visitor.leaving;
}
