import type { AcknowledgedMeeting, KeptOf } from '../../core/acknowledged.ts';
import type { Ledger } from '../../core/event.ts';
import type { Operation } from '../../core/target.ts';
import { type Asker, eachOf } from './asker.ts';
import { ledgerOf } from './ledger.ts';

/** How long seats may take to be cleared after the last participant has left. */
const SETTLING = 2_000;

/**
 * Each meeting must still be there, and nobody in it, since everybody has left; and each wish must have exactly one
 * meeting, however often it was asked for. Where a target does not tell one of these, there is no ledger of it.
 */
export async function checkedMeetings(
  { sample, total }: KeptOf<AcknowledgedMeeting>,
  asker: Asker,
  operations: readonly Operation[],
  at: number,
): Promise<Ledger[]> {
  const all = { at, acknowledged: total };
  const found = operations.includes('findMeeting') ? await eachOf(sample, ({ id }) => visited(id, asker)) : [];
  const counted = operations.includes('countMeetings')
    ? await eachOf(sample, async (wish) => ({ id: wish.id, held: await isOnce(wish, asker) }))
    : [];
  const seats = found.flatMap(({ id, ghosts }) => (ghosts === undefined ? [] : [{ id, held: ghosts === 0 }]));
  return [
    ...(operations.includes('findMeeting') ? [ledgerOf('meetings-kept', found, all)] : []),
    ...(operations.includes('countMeetings') ? [ledgerOf('created-once', counted, all)] : []),
    ...(seats.length > 0 ? [ledgerOf('no-ghosts', seats, all)] : []),
  ];
}

interface Visited {
  readonly id: string;
  /** Undefined when the target gave no answer. */
  readonly held: boolean | undefined;
  /** Participants who should not be there; undefined when the target does not tell. */
  readonly ghosts: number | undefined;
}

async function visited(id: string, asker: Asker): Promise<Visited> {
  const settled = performance.now() + SETTLING;
  for (;;) {
    const answer = await asker.ask(async (client) => ({ meeting: await client.findMeeting?.(id) }));
    if (!answer) return { id, held: undefined, ghosts: undefined };
    const ghosts = answer.meeting?.participants;
    if (!ghosts || performance.now() > settled || !(await asker.pause()))
      return { id, held: answer.meeting !== undefined, ghosts };
  }
}

async function isOnce(wish: AcknowledgedMeeting, asker: Asker): Promise<boolean | undefined> {
  const count = await asker.ask(async (client) => client.countMeetings?.(wish));
  return count === undefined ? undefined : count === 1;
}
