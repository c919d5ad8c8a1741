import { setTimeout as sleep } from 'node:timers/promises';
import type { RtpSeat } from '../../../core/media.ts';
import type { Account } from './accounts.ts';
import { textOf } from './body.ts';
import type { Scheduler } from './media/scheduler.ts';
import type { Meetings, SeatId } from './meetings.ts';
import type { JoinResult, Metrics } from './metrics.ts';
import type { Member, Rooms } from './rooms.ts';
import type { Sessions } from './sessions.ts';

export interface ParticipantParts {
  readonly sessions: Sessions;
  readonly meetings: Meetings;
  readonly rooms: Rooms;
  /** Undefined for a conference without media. */
  readonly media: Scheduler | undefined;
  readonly metrics: Metrics;
  readonly log: (line: string) => void;
}

/** Somebody on a meeting's signal path, seated once they have joined. Calls must not overlap. */
export interface Participant {
  /** Joins from a region, if they say from which; resolves with why that is refused, or undefined. */
  join(region?: string): Promise<Refused | undefined>;
  /** Says something to everybody in the meeting, or tells why it is refused. */
  chat(id: unknown, text: unknown): 'malformed' | Refused | undefined;
  /** Leaves no trace of having been there, however often it is called. */
  leave(): Promise<void>;
}

/** The codes a participant is refused with. */
export type Refused = Exclude<JoinResult, 'joined' | 'failed'>;

/** How long to wait before PostgreSQL is asked again to forget a participant, in milliseconds. */
const UNSEAT_AGAIN = 250;

/** A participant of a meeting, who may turn out to be none. */
export function participant(
  parts: ParticipantParts,
  meeting: string,
  token: string | undefined,
  member: Member,
): Participant {
  const { rooms, metrics, media } = parts;
  let seated: Seated | undefined;
  return {
    async join(region) {
      if (seated) return 'forbidden';
      const found = await counted(seatFor(parts, { meeting, region }, token, member), metrics);
      if (typeof found === 'string') return found;
      seated = found;
      metrics.seated();
      const participants = rooms.enter(meeting, member);
      member.tell(JSON.stringify({ type: 'joined', participants, media: found.media }));
      return undefined;
    },
    chat(id, text) {
      const [checkedId, checkedText] = [textOf(id, 128), textOf(text, 4_096)];
      if (!checkedId || !checkedText) return 'malformed';
      if (!seated) return 'forbidden';
      metrics.chat();
      const from = seated.account.name;
      rooms.tell(meeting, JSON.stringify({ type: 'chat', id: checkedId, from, text: checkedText }));
      return undefined;
    },
    async leave() {
      if (!seated) return;
      const { seat } = seated;
      seated = undefined;
      rooms.leave(meeting, member);
      media?.release(member);
      metrics.unseated();
      await unseated(parts, seat);
    },
  };
}

/** Counts how a join ended. */
async function counted(joining: Promise<Seated | Refused>, metrics: Metrics): Promise<Seated | Refused> {
  try {
    const found = await joining;
    metrics.join(typeof found === 'string' ? found : 'joined');
    return found;
  } catch (error) {
    metrics.join('failed');
    throw error;
  }
}

interface Seated {
  readonly account: Account;
  readonly seat: SeatId;
  readonly media: RtpSeat | undefined;
}

/** A place reserved in the room, a seat on a media server and one in PostgreSQL, or why one of them is not to be had. */
async function seatFor(
  { sessions, meetings, rooms, media }: ParticipantParts,
  { meeting, region }: { readonly meeting: string; readonly region: string | undefined },
  token: string | undefined,
  member: Member,
): Promise<Seated | Refused> {
  const account = token ? await sessions.holder(token) : undefined;
  if (!account) return 'forbidden';
  if (!rooms.reserve(meeting)) return 'full';
  let seat: SeatId | undefined;
  try {
    const offer = await media?.seat(meeting, member, region);
    if (typeof offer === 'string') return offer;
    seat = await meetings.seat(meeting, account);
    return seat ? { account, seat, media: offer } : 'unknown-meeting';
  } finally {
    if (!seat) {
      media?.release(member);
      rooms.release(meeting);
    }
  }
}

/** Goes on until PostgreSQL has forgotten the seat: a row that stays is a ghost in the meeting. */
async function unseated({ meetings, log }: ParticipantParts, seat: SeatId): Promise<void> {
  for (let failures = 0; ; failures += 1) {
    try {
      await meetings.unseat(seat);
      return;
    } catch (error) {
      if (failures === 0)
        log(`a seat is not given back yet: ${error instanceof Error ? error.message : String(error)}`);
      await sleep(UNSEAT_AGAIN);
    }
  }
}
