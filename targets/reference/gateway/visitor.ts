import type { ServerResponse } from 'node:http';

/** Whoever waits for an answer, seen through the connection. */
export interface Visitor {
  /** When the request came, in milliseconds on `performance.now()`. */
  readonly arrived: number;
  /** True from the moment the connection closed with the answer still owed. */
  readonly departed: boolean;
  /** Calls back at that moment, at once when it is past. */
  whenDeparted(does: () => void): void;
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
    whenDeparted(does) {
      if (departed) does();
      else listeners.push(does);
    },
  };
}
