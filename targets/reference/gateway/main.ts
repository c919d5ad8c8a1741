import { openGateway } from './gateway.ts';
import type { Order, Report } from './order.ts';

/*
 * The gateway as a process of its own: one message tells it what to be, and the end of the channel ends it, so that it
 * never outlives who started it, however they die.
 */
process.once('message', (order: Order) => {
  openGateway(order, log).then(report, (error: unknown) => {
    const what = error instanceof Error ? error.message : String(error);
    report({ kind: 'failed', what });
  });
});
process.once('disconnect', () => process.exit(0));

function report(told: Report): void {
  process.send?.(told);
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}
