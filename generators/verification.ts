import type { Kept } from '../core/acknowledged.ts';
import type { Ledger } from '../core/event.ts';
import type { Operation } from '../core/target.ts';
import { type AskerOptions, askerOf } from './checks/asker.ts';
import { checkedMeetings } from './checks/meetings.ts';
import { checkedRecordings } from './checks/recordings.ts';
import { checkedTickets } from './checks/tickets.ts';

export interface VerificationOptions extends AskerOptions {
  /** What the target acknowledged. */
  readonly kept: Kept;
  /** The moment on the run's clock to write into the ledgers. */
  readonly at: number;
}

/**
 * Asks the target for everything it acknowledged. A question without an answer within five seconds, or after a minute in
 * all, proves nothing and is counted.
 */
export async function verified({ kept, at, ...who }: VerificationOptions): Promise<Ledger[]> {
  const asker = await askerOf(who);
  const { operations } = who.target;
  const has = (kind: keyof Kept, operation: Operation) => kept[kind].total > 0 && operations.includes(operation);
  return [
    ...(kept.meeting.total > 0 ? await checkedMeetings(kept.meeting, asker, operations, at) : []),
    ...(has('ticket', 'findTicket') ? [await checkedTickets(kept.ticket, asker, at)] : []),
    ...(has('recording', 'findRecording') ? [await checkedRecordings(kept.recording, asker, at)] : []),
  ];
}
