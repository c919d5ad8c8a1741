import type { ReferenceAccount, ReferencePopulation } from '../account.ts';
import type { Settings, VariantName } from '../variants.ts';

/** What the gateway is told when it starts. It goes over the IPC channel: a command line is open to every user. */
export interface Order {
  readonly variant: VariantName;
  readonly settings: Settings;
  readonly accounts: readonly ReferenceAccount[];
  /** Told to whoever asks what the gateway is. */
  readonly population: ReferencePopulation | undefined;
  /** On 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  readonly database: DatabaseAccess;
  /** What another gateway of this machine was calibrated to just before. */
  readonly calibration: Calibration | undefined;
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
export interface Calibration {
  readonly r: number;
  readonly login: number;
}

/** What the gateway answers to its order. */
export type Report =
  | { readonly kind: 'ready'; readonly port: number; readonly calibration: Calibration }
  | { readonly kind: 'failed'; readonly what: string };
