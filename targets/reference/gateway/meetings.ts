import type { Account } from './accounts.ts';
import type { Database } from './database.ts';

export interface MeetingFacts {
  readonly id: string;
  readonly name: string;
}

/** The row of one participant. */
export type SeatId = string;

/** Meetings and who sits in them, as PostgreSQL knows them. */
export interface Meetings {
  /** The meetings that were made for a key. */
  madeFor(key: string): Promise<readonly MeetingFacts[]>;
  find(id: string): Promise<(MeetingFacts & { readonly participants: number }) | undefined>;
  /** Seats somebody in a meeting; undefined when there is no such meeting. */
  seat(meeting: string, account: Account): Promise<SeatId | undefined>;
  unseat(seat: SeatId): Promise<void>;
}

/** The meetings kept in a database. */
export function meetingsIn(database: Database): Meetings {
  return {
    madeFor: (key) => database.query<MeetingFacts>('SELECT id, name FROM meetings WHERE key = $1', [key]),
    async find(id) {
      const [row] = await database.query<MeetingFacts & { readonly participants: number }>(
        `SELECT id, name, (SELECT count(*)::integer FROM participants WHERE meeting = meetings.id) AS participants
         FROM meetings WHERE id = $1`,
        [id],
      );
      return row;
    },
    async seat(meeting, account) {
      const [row] = await database.query<{ readonly id: SeatId }>(
        'INSERT INTO participants (meeting, account) SELECT id, $2 FROM meetings WHERE id = $1 RETURNING id',
        [meeting, account.id],
      );
      return row?.id;
    },
    async unseat(seat) {
      await database.query('DELETE FROM participants WHERE id = $1', [seat]);
    },
  };
}
