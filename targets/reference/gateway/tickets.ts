import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Settings } from '../variants.ts';
import type { Account } from './accounts.ts';
import { admission } from './admission.ts';
import type { Database } from './database.ts';
import { Ring } from './ring.ts';

/** Support tickets: taken in at once, and filed one after another with what is known of the person's meetings. */
export interface Tickets {
  /** Takes a ticket in and gives its id; throws DatabaseBusy when too many are being taken in. */
  open(subject: string, account: Account): Promise<string>;
  find(id: string): Promise<Ticket | undefined>;
  /** Tickets that were acknowledged and are not filed yet. */
  readonly waiting: number;
  /** Tickets that were acknowledged and had to make room for others. */
  readonly overwritten: number;
}

interface Ticket {
  readonly id: string;
  readonly subject: string;
}

interface Opened extends Ticket {
  readonly account: number;
}

type TicketTerms = Pick<Settings, 'ticketIntake' | 'ticketBuffer' | 'ticketsUnderWay'>;

/** How long the clerk waits when there is nothing to file, or the database does not answer, in milliseconds. */
const IDLE = 50;

/** The tickets kept in a database, as a variant takes them in; the clerk files them until the gateway ends. */
export function ticketsIn(database: Database, terms: TicketTerms, log: (line: string) => void): Tickets {
  const intake = terms.ticketIntake === 'in memory' ? inMemory(database, terms) : inDatabase(database, terms);
  void clerk(intake.fileNext, log);
  return {
    open: intake.open,
    async find(id) {
      const [row] = await database.query<Ticket>('SELECT id, subject FROM tickets WHERE id = $1', [id]);
      return row;
    },
    get waiting() {
      return intake.waiting();
    },
    get overwritten() {
      return intake.overwritten();
    },
  };
}

interface Intake {
  open(subject: string, account: Account): Promise<string>;
  /** Files one ticket; false when there is none. */
  fileNext(): Promise<boolean>;
  waiting(): number;
  overwritten(): number;
}

/** Acknowledged as soon as it is in a buffer; what is in there is nowhere else. */
function inMemory(database: Database, { ticketBuffer }: TicketTerms): Intake {
  const ring = new Ring<Opened>(ticketBuffer);
  return {
    async open(subject, { id: account }) {
      const id = newId();
      ring.put({ id, subject, account });
      return id;
    },
    async fileNext() {
      const next = ring.take();
      if (next)
        await database.query(
          `INSERT INTO tickets (id, subject, account, ${FACTS}) SELECT $1::text, $2::text, $3::integer, ${KNOWN}`,
          all(next),
        );
      return next !== undefined;
    },
    waiting: () => ring.length,
    overwritten: () => ring.overwritten,
  };
}

/** Written first and acknowledged then; the clerk finds what is not filed yet in the database. */
function inDatabase(database: Database, { ticketsUnderWay }: TicketTerms): Intake {
  const intake = admission(ticketsUnderWay, 'too many tickets are being taken in');
  let waiting = 0;
  return {
    open: (subject, { id: account }) =>
      intake.admit(async () => {
        const id = newId();
        await database.query('INSERT INTO tickets (id, subject, account) VALUES ($1, $2, $3)', [id, subject, account]);
        waiting += 1;
        return id;
      }),
    async fileNext() {
      const [next] = await database.query<Opened>(NEXT);
      if (!next) return false;
      await database.query(
        `UPDATE tickets SET (${FACTS}) = (SELECT ${KNOWN}) WHERE id = $1 AND subject = $2`,
        all(next),
      );
      waiting -= 1;
      return true;
    },
    waiting: () => waiting,
    overwritten: () => 0,
  };
}

const FACTS = 'filed, meetings, quality';
const NEXT = 'SELECT id, subject, account FROM tickets WHERE filed IS NULL ORDER BY opened LIMIT 1';

/** What support has to know of somebody: how their meetings went, and how that compares with everybody's. */
const KNOWN = `now(), count(*), percentile_cont(0.1) WITHIN GROUP (ORDER BY quality)
  FROM history WHERE host = $3 OR guest = $3 OR began > now() - interval '60 days'`;

function all({ id, subject, account }: Opened): readonly unknown[] {
  return [id, subject, account];
}

function newId(): string {
  return randomBytes(9).toString('base64url');
}

/** Files one ticket after another, for as long as the gateway runs. */
async function clerk(fileNext: () => Promise<boolean>, log: (line: string) => void): Promise<void> {
  for (;;) {
    const filed = await fileNext().catch((error: unknown) => {
      log(`a ticket is not filed: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    });
    if (!filed) await sleep(IDLE);
  }
}
