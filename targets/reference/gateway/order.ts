import type { ReferenceAccount, ReferencePopulation } from '../account.ts';
import type { PeerTerms } from '../media/order.ts';
import type { MediaSettings } from '../media/settings.ts';
import type { Failed } from '../ordered.ts';
import type { Settings } from '../variants.ts';
import type { Cost } from './passwords.ts';

/** What the gateway is told when it starts. It goes over the IPC channel: a command line is open to every user. */
export interface Order {
  readonly variant: string;
  readonly settings: Settings;
  readonly accounts: readonly ReferenceAccount[];
  /** Told to whoever asks what the gateway is. */
  readonly population: ReferencePopulation | undefined;
  /** On 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  readonly database: DatabaseAccess;
  /** What another gateway of this machine was calibrated to just before, or where the tuning is to begin. */
  readonly calibration: Calibration | Cost | undefined;
  /** Undefined for a conference without media. */
  readonly media: MediaPlaces | undefined;
  /** Undefined for a conference without a web client. */
  readonly edges: readonly EdgeAddress[] | undefined;
  /** Undefined for a conference that records nothing. */
  readonly recordings: RecordingsPlace | undefined;
}

/** The folder recordings are kept in, on a volume of their own. */
export interface RecordingsPlace {
  readonly folder: string;
}

/** Where an edge is: for people, and for who reads its metrics. */
export interface EdgeAddress {
  readonly name: string;
  readonly url: string;
  readonly metricsUrl: string;
}

/** The media servers, and how they are made use of. */
export interface MediaPlaces {
  readonly settings: MediaSettings;
  readonly servers: readonly MediaAddress[];
}

/** Where a media server is: for participants, for the gateway, and for who reads its metrics. */
export interface MediaAddress {
  readonly name: string;
  /** Where participants send to. */
  readonly host: string;
  readonly port: number;
  /** The WebSocket it is told what to do over, and what has to be shown for that. */
  readonly control: string;
  readonly token: string;
  readonly metricsUrl: string;
  /** Where it stands, if that is anywhere in particular, and how it reaches the others. */
  readonly region?: string;
  readonly peers: readonly PeerTerms[];
}

/** Where PostgreSQL listens, and the account that may use it. */
export interface DatabaseAccess extends DatabaseAddress {
  readonly user: string;
  readonly password: string;
}

export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
}

/** What logins cost and how many of them a gateway holds itself to: the r of scrypt, and logins per second. */
export interface Calibration extends Cost {
  readonly login: number;
  /** The passwords of its accounts, hashed at that cost, by email: another gateway with the same accounts has no need to. */
  readonly hashes?: Readonly<Record<string, string>>;
}

/** What the gateway answers to its order. */
export type Report = { readonly kind: 'ready'; readonly port: number; readonly calibration: Calibration } | Failed;
