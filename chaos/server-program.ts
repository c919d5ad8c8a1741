import type { ServerReport } from './server-process.ts';

/**
 * Makes this process a server: one message orders it, it reports when it is ready, with the URL that `start` resolves with,
 * or why it cannot be, and the end of the channel ends it.
 */
export function serveOrder<Order>(start: (order: Order) => Promise<string>): void {
  process.once('message', (order: Order) => {
    start(order).then(
      (url) => report({ kind: 'ready', url }),
      (error: Error) => report({ kind: 'failed', what: error.message }),
    );
  });
  process.once('disconnect', () => process.exit(0));
}

function report(told: ServerReport): void {
  process.send?.(told);
}
