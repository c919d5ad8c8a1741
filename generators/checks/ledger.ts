import type { Ledger } from '../../core/event.ts';

/** What became of one thing when it was asked for: undefined when there was no answer. */
export interface Finding {
  readonly id: string;
  readonly held: boolean | undefined;
}

const NAMED = 5;

/** Adds findings up; `acknowledged` is how many there were in all, of which those that were looked for are a sample. */
export function ledgerOf(
  invariant: Ledger['invariant'],
  findings: readonly Finding[],
  { at, acknowledged }: Pick<Ledger, 'at' | 'acknowledged'>,
): Ledger {
  const broken = findings.filter(({ held }) => held === false);
  return {
    kind: 'ledger',
    ...{ at, invariant, acknowledged },
    checked: findings.length,
    held: findings.filter(({ held }) => held === true).length,
    broken: broken.slice(0, NAMED).map(({ id }) => id),
    unanswered: findings.filter(({ held }) => held === undefined).length,
  };
}
