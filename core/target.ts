import type { IndicatorName } from './indicator.ts';
import type { Services } from './means.ts';
import type { MediaSeat } from './media.ts';
import type { Person } from './person.ts';
import type { OperationClass } from './profile.ts';
import type { Transport } from './transport.ts';

/** A conferencing system under test, seen through what its users can do with it and what it tells of itself. */
export interface Target {
  readonly name: string;
  /** What its users can do; journeys that need more are reported as not covered. */
  readonly operations: readonly Operation[];
  /** What the owner holds it to; classes left out are judged by the target's own best (self-relative). */
  readonly capacity: Capacity;
  readonly metrics: readonly MetricsSource[];
  /** Lets everybody in without a password: nobody can have a wrong one. */
  readonly anonymous?: true;
  /** So many people can be there at once and no more: a browser has so many pages. Absent where nothing limits it. */
  readonly places?: number;
  /** Where faults can be put; a fault whose service is not here is reported as not injected. */
  readonly services: Services;
  client(io: Transport, person: Person): Client;
}

/** Arrivals per second for login, create, ticket …; concurrent participants for join and media. */
export type Capacity = Readonly<Partial<Record<OperationClass, number>>>;

/** `media` is what a seat in a meeting comes with. */
export const OPERATIONS = [
  'login',
  'createMeeting',
  'findMeeting',
  'countMeetings',
  'join',
  'chat',
  'record',
  'findRecording',
  'search',
  'openTicket',
  'findTicket',
  'fetchAssets',
  'media',
] as const;

/**
 * `walkIn` is nothing that somebody does: whoever names a meeting is in it, and nobody has signed in or opened it before.
 */
export type Operation = (typeof OPERATIONS)[number] | 'walkIn';

/** One virtual user's view of a target. What the target lacks is absent; what goes wrong is thrown as a Failure. */
export interface Client {
  /** Signs the person in; throws a Failure of kind `denied` when the target does not accept the password. */
  login?(): Promise<void>;
  createMeeting?(wish: MeetingWish): Promise<Meeting>;
  /** What the target knows of a meeting, or undefined when it knows of none. */
  findMeeting?(id: string): Promise<Meeting | undefined>;
  /** How many meetings the target has for a wish: one, when it did what it acknowledged, and did it once. */
  countMeetings?(wish: Pick<MeetingWish, 'name' | 'key'>): Promise<number>;
  /** Joins from a region, and at a place among those who are planned to be there (0 is the first), where these are known. */
  join?(meeting: Meeting, region?: string, place?: number): Promise<Participation>;
  /** What the target has of a recording, or undefined when it has nothing of it. */
  findRecording?(id: string): Promise<KeptRecording | undefined>;
  /** Has the target look for something in all there is, and waits for what it finds. */
  search?(text: string): Promise<void>;
  /** Asks the support for help. */
  openTicket?(subject: string): Promise<Ticket>;
  /** What the target knows of a ticket, or undefined when it knows of none. */
  findTicket?(id: string): Promise<Ticket | undefined>;
  /** Fetches what the web client is made of, as a page does that is opened. */
  fetchAssets?(): Promise<void>;
  /** Makes ready what they are going to join with: before the run begins there is time for it. */
  makeReady?(): Promise<void>;
  /** The same person, signed in as they are now, over another transport: one session, another visit. */
  elsewhere(io: Transport): Client;
  /** Ends what the person holds open there; whoever came for one visit does so when it is over. */
  goodbye?(): void;
}

/** A meeting somebody wants; the same in every attempt at it. */
export interface MeetingWish {
  readonly name: string;
  /** Unlike that of any other wish, so that a target can tell a second attempt from a second wish (idempotency key). */
  readonly key: string;
  /** Whom the host wants to be there. */
  readonly invited: Person;
}

export interface Meeting {
  readonly id: string;
  /** How many are in it, where the target tells. */
  readonly participants?: number;
}

/** A recording of a meeting, as the target tells of it. */
export interface KeptRecording {
  readonly id: string;
  /** How long it is, and a digest of it in the target's own way: what of them the target tells. */
  readonly bytes?: number;
  readonly checksum?: string;
}

/** What somebody asked the support for. */
export interface Ticket {
  readonly id: string;
}

/** A seat in a meeting. */
export interface Participation {
  /** Where its media is; absent where the target has none. */
  readonly media?: MediaSeat;
  /** Says something and waits until the target has passed it on. */
  chat?(text: string): Promise<void>;
  /** Has the meeting recorded, and waits until the target says that it has the recording. */
  record?(): Promise<KeptRecording>;
  /** Tells what becomes of the seat while somebody is in it; absent where the target says nothing of that. */
  follow?(heard: (news: SeatNews) => void): void;
  /** Goes, whatever the target says to it; never rejects with a Failure. */
  leave(): Promise<void>;
}

/** What a target tells somebody of their seat: that it is gone, and they have to join again, or that it is elsewhere now. */
export type SeatNews =
  | { readonly is: 'lost'; readonly says: string }
  | { readonly is: 'moved'; readonly media: MediaSeat };

/** Where a target's own metrics are told, and which of them are the indicators stormtest knows by name. */
export type MetricsSource = MetricsPage | PrometheusServer;

interface Reached {
  readonly name: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Accept a certificate nobody vouches for. */
  readonly insecure?: boolean;
}

/** A page of the target itself, in the Prometheus text format or OpenMetrics. */
export interface MetricsPage extends Reached {
  readonly kind: 'page';
  /** Indicator by selector: `login.queue: auth_queue_length{pool="hash"}`; series that match are added up. */
  readonly indicators: Readonly<Partial<Record<IndicatorName, string>>>;
}

/** A Prometheus server that scrapes the target and tells of it at second hand; `url` is the server's own. */
export interface PrometheusServer extends Reached {
  readonly kind: 'prometheus';
  /** Indicator by PromQL: `login.queue: sum(auth_queue_length{job="auth"})`; series of a result are added up. */
  readonly queries: Readonly<Partial<Record<IndicatorName, string>>>;
  /** PromQL that is asked besides, for halt conditions; its values are recorded as series of that name. */
  readonly watched: readonly string[];
  /** How old a sample may be to count as told, in milliseconds. */
  readonly maxAge: number;
}
