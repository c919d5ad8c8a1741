import type { MediaOrder, MediaReport } from './order.ts';
import { openMediaServer } from './server.ts';

/*
 * A media server as a process of its own: one message tells it what to be, and the end of the channel ends it, so that it
 * never outlives who started it, however they die.
 */
process.once('message', (order: MediaOrder) => {
  openMediaServer(order, log).then(report, (error: unknown) => {
    const what = error instanceof Error ? error.message : String(error);
    report({ kind: 'failed', what });
  });
});
process.once('disconnect', () => process.exit(0));

function report(told: MediaReport): void {
  process.send?.(told);
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}
