import type { Ledger } from '../../core/event.ts';

/** The share of what the target acknowledged that was still so afterwards, of all checks that got an answer. */
export function durable(ledgers: readonly Ledger[]): number | undefined {
  const held = ledgers.reduce((sum, ledger) => sum + ledger.held, 0);
  const answered = ledgers.reduce((sum, { checked, unanswered }) => sum + checked - unanswered, 0);
  return answered > 0 ? held / answered : undefined;
}
