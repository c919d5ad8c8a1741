import type { Ledger } from '../../core/event.ts';
import type { Recording } from '../../core/recording.ts';
import type { Evidence, Gate } from '../../core/score.ts';
import { number } from '../spoken.ts';

/** Fires when something the target acknowledged was not so afterwards. A check without an answer proves nothing. */
export function dataLost({ ledgers }: Recording): Gate {
  const name = 'data-lost';
  const evidence = ledgers.map((ledger): Evidence => ({ says: inWords(ledger), from: 'target' }));
  const broken = ledgers.filter((ledger) => lostIn(ledger) > 0);
  if (broken.length > 0) {
    const says = `acknowledged data was lost: ${broken.map(inWords).join('; ')}`;
    return { name, status: 'fired', says, evidence };
  }
  if (ledgers.some(({ checked, unanswered }) => checked > unanswered))
    return { name, status: 'held', says: 'everything that was acknowledged and asked for was there', evidence };
  const says =
    ledgers.length > 0 ? 'nobody answered when asked for what was acknowledged' : 'nothing acknowledged was asked for';
  return { name, status: 'not covered', says, evidence };
}

function lostIn({ checked, held, unanswered }: Ledger): number {
  return checked - held - unanswered;
}

const INVARIANTS: Readonly<Record<Ledger['invariant'], string>> = {
  'meetings-kept': 'meetings are still there',
  'created-once': 'wishes for a meeting have exactly one',
  'no-ghosts': 'meetings are empty after everybody left',
  'tickets-kept': 'support tickets are still there',
  'recordings-whole': 'recordings are still there, and whole',
};

function inWords(ledger: Ledger): string {
  const { invariant, checked, held, unanswered, broken } = ledger;
  const silent = unanswered > 0 ? `, ${number(unanswered)} without an answer` : '';
  const named = lostIn(ledger) > 0 && broken.length > 0 ? ` (not: ${broken.join(', ')})` : '';
  return `${number(held)} of ${number(checked)} ${INVARIANTS[invariant]}${silent}${named}`;
}
