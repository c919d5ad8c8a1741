import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { counter, counterBy, gauge } from '../scraped.ts';
import type { PoolUse } from './connections.ts';
import { PURPOSES, type Purpose } from './database.ts';

/**
 * How a login ended: `granted` and `denied` were answered while the person was there; `abandoned` had its hash done with
 * nobody left to answer; `refused` was turned away at once; `expired` was too old when its turn came; `left` gave up its
 * place in the queue; `failed` is the service's own fault.
 */
const LOGIN_RESULTS = ['granted', 'denied', 'abandoned', 'refused', 'expired', 'left', 'failed'] as const;
type LoginResult = (typeof LOGIN_RESULTS)[number];

const JOIN_RESULTS = ['joined', 'forbidden', 'full', 'no-media', 'unknown-meeting', 'failed'] as const;
export type JoinResult = (typeof JOIN_RESULTS)[number];

const REPORT_RESULTS = ['answered', 'abandoned', 'refused', 'failed'] as const;
export type ReportResult = (typeof REPORT_RESULTS)[number];

const TICKET_RESULTS = ['taken', 'abandoned', 'refused', 'failed'] as const;
export type TicketResult = (typeof TICKET_RESULTS)[number];

const RECORDING_RESULTS = ['kept', 'abandoned', 'refused', 'failed'] as const;
export type RecordingResult = (typeof RECORDING_RESULTS)[number];

const HASHED_FOR = ['present', 'departed'] as const;

/** What is looked up at the moment of a scrape. */
export interface Watched {
  readonly queue: { readonly length: number; readonly departed: number };
  readonly tickets: { readonly waiting: number; readonly overwritten: number };
  pool(): PoolUse;
  /** What PostgreSQL has refused so far, by SQLSTATE. */
  refusals(): ReadonlyMap<string, number>;
  /** How long requests have waited for a connection so far, in seconds. */
  waited(purpose: Purpose): number;
  /** Undefined for a conference without media. */
  readonly media: WatchedMedia | undefined;
  /** Undefined for a conference that records nothing. */
  readonly recordings: WatchedRecordings | undefined;
  /** Undefined for a conference without a web client. */
  readonly webClient: { readonly overflow: number } | undefined;
}

/** What there is to know of the media servers as the gateway sees them. */
export interface WatchedMedia {
  readonly servers: number;
  readonly counts: { readonly lost: number; readonly seatsLost: number; readonly seatsMoved: number };
}

/** What there is to know of the volume of recordings. */
export interface WatchedRecordings {
  free(): number;
  /** Writes that have failed so far, by the code of the error. */
  readonly errors: ReadonlyMap<string, number>;
}

/** What the gateway tells of itself. */
export type Metrics = ReturnType<typeof openMetrics>;

/** Registers the gateway's metrics; every series stands at 0 from the start, so that its first step is seen. */
export function openMetrics(watched: Watched) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  watch(registry, watched);
  const { media, recordings, webClient } = watched;
  if (media) watchMedia(registry, media);
  if (recordings) watchRecordings(registry, recordings);
  const overflow = 'Files of the web client that people have had from here and not from an edge.';
  if (webClient) counter(registry, 'reference_origin_requests_total', overflow, () => webClient.overflow);
  return {
    ...loginMetrics(registry),
    ...meetingMetrics(registry),
    ...requestMetrics(registry),
    async page() {
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}

function loginMetrics(registry: Registry) {
  const logins = fromZero(registry, 'reference_logins_total', 'Logins by how they ended.', 'result', LOGIN_RESULTS);
  const told = 'Password hashes, by whether the client was still connected when they were done.';
  const hashes = fromZero(registry, 'reference_hashes_total', told, 'for', HASHED_FOR);
  const wait = new Histogram({
    name: 'reference_login_wait_seconds',
    help: 'From the arrival of a login to the start of its password check.',
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 3, 4, 5, 10],
    registers: [registry],
  });
  return {
    login: (result: LoginResult) => logins.inc({ result }),
    hash: (whom: (typeof HASHED_FOR)[number]) => hashes.inc({ for: whom }),
    waited: (seconds: number) => wait.observe(seconds),
  };
}

function meetingMetrics(registry: Registry) {
  const registers = [registry];
  const created = new Counter({ name: 'reference_meetings_created_total', help: 'Meetings created.', registers });
  const joins = fromZero(registry, 'reference_joins_total', 'Joins by how they ended.', 'result', JOIN_RESULTS);
  const chats = new Counter({ name: 'reference_chat_messages_total', help: 'Chat messages passed on.', registers });
  const participants = new Gauge({ name: 'reference_participants', help: 'Participants in meetings.', registers });
  const reports = fromZero(registry, 'reference_reports_total', 'Reports by how they ended.', 'result', REPORT_RESULTS);
  const tickets = fromZero(registry, 'reference_tickets_total', 'Tickets by how they ended.', 'result', TICKET_RESULTS);
  const told = 'Recordings by how they ended; kept is what was acknowledged.';
  const recordings = fromZero(registry, 'reference_recordings_total', told, 'result', RECORDING_RESULTS);
  return {
    recording: (result: RecordingResult) => recordings.inc({ result }),
    ticket: (result: TicketResult) => tickets.inc({ result }),
    report: (result: ReportResult) => reports.inc({ result }),
    created: () => created.inc(),
    join: (result: JoinResult) => joins.inc({ result }),
    chat: () => chats.inc(),
    seated: () => participants.inc(),
    unseated: () => participants.dec(),
  };
}

function requestMetrics(registry: Registry) {
  const registers = [registry];
  const active = new Gauge({
    name: 'reference_http_requests_active',
    help: 'HTTP requests not answered yet.',
    registers,
  });
  const shed = new Counter({
    name: 'reference_requests_shed_total',
    help: 'HTTP requests turned away unread because it takes too long to be let in.',
    registers,
  });
  const durations = new Histogram({
    name: 'reference_http_request_duration_seconds',
    help: 'From the arrival of an HTTP request to its answer; status 499 when the client left without one.',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  return {
    shed: () => shed.inc(),
    requestBegan: () => active.inc(),
    requestEnded(route: string, status: number, seconds: number) {
      active.dec();
      durations.observe({ route, status }, seconds);
    },
  };
}

/** A counter with all values of its label at 0. */
function fromZero<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  label: Label,
  values: readonly string[],
): Counter<Label> {
  const made = new Counter({ name, help, labelNames: [label], registers: [registry] });
  for (const value of values) made.inc({ [label]: value } as Record<Label, string>, 0);
  return made;
}

/** Registers what is looked up when it is scraped. */
function watch(registry: Registry, { queue, tickets, pool, refusals, waited }: Watched): void {
  const gauges: readonly (readonly [name: string, help: string, read: () => number])[] = [
    ['reference_login_queue_length', 'Logins waiting for their password check.', () => queue.length],
    ['reference_login_queue_departed', 'Of these, logins of people who have left.', () => queue.departed],
    ['reference_ticket_queue_length', 'Tickets acknowledged and not filed yet.', () => tickets.waiting],
    ['reference_database_pool_size', 'Connections the pool may open.', () => pool().size],
    ['reference_database_pool_used', 'Connections at work.', () => pool().used],
    ['reference_database_pool_waiting', 'Requests waiting for a connection.', () => pool().waiting],
  ];
  for (const [name, help, read] of gauges) gauge(registry, name, help, read);
  const refused = 'What PostgreSQL has refused, by SQLSTATE: 53300 too many connections, 40P01 deadlock.';
  counterBy(registry, { name: 'reference_database_refusals_total', help: refused, label: 'code' }, () => {
    const none = WATCHED_CODES.map((code) => [code, 0] as const);
    return new Map([...none, ...refusals()]);
  });
  const overwritten = 'Tickets that were acknowledged and had to make room for others in the intake buffer.';
  counter(registry, 'reference_tickets_overwritten_total', overwritten, () => tickets.overwritten);
  const wait = 'Seconds that requests have waited for a database connection, by what they wanted it for.';
  counterBy(registry, { name: 'reference_database_wait_seconds_total', help: wait, label: 'for' }, () =>
    PURPOSES.map((purpose) => [purpose, waited(purpose)]),
  );
}

function watchMedia(registry: Registry, media: WatchedMedia): void {
  gauge(registry, 'reference_media_servers', 'Media servers that are there.', () => media.servers);
  const told: readonly (readonly [name: string, help: string, read: () => number])[] = [
    ['servers_lost', 'Times that a media server was lost.', () => media.counts.lost],
    ['seats_lost', 'Seats that were lost with their media server.', () => media.counts.seatsLost],
    ['seats_moved', 'Seats that were given anew on another one.', () => media.counts.seatsMoved],
  ];
  for (const [name, help, read] of told) counter(registry, `reference_media_${name}_total`, help, read);
}

function watchRecordings(registry: Registry, { free, errors }: WatchedRecordings): void {
  gauge(registry, 'reference_recordings_free_bytes', 'Bytes that are free on the volume of recordings.', free);
  const help = 'Writes of recordings that failed, by the code of the error: ENOSPC no room, EDQUOT none in the quota.';
  counterBy(registry, { name: 'reference_recording_write_errors_total', help, label: 'code' }, () => errors);
}

/** SQLSTATEs that stand at 0 from the start. */
const WATCHED_CODES: readonly string[] = ['53300', '40P01'];
