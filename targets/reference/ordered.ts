/** What a process tells that cannot be what it was ordered to be. */
export interface Failed {
  readonly kind: 'failed';
  readonly what: string;
}

/**
 * Makes this process what one message tells it to be, and tells what came of that; the end of the channel ends it, so that
 * it never outlives who started it, however they die.
 */
export function obeyOneOrder<Order, Report extends { readonly kind: string }>(
  open: (order: Order, log: (line: string) => void) => Promise<Report>,
): void {
  const report = (told: Report | Failed) => void process.send?.(told);
  process.once('message', (order: Order) => {
    open(order, log).then(report, (error: unknown) => {
      const what = error instanceof Error ? error.message : String(error);
      report({ kind: 'failed', what });
    });
  });
  process.once('disconnect', () => process.exit(0));
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}
