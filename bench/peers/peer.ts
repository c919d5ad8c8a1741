import type { Ended } from '../accounted.ts';

/** A load generator that takes its turn in every round. */
export interface Peer {
  readonly name: string;
  readonly version: string;
  /** `open` follows a schedule whatever the server does; `closed` waits for an answer before it asks again. */
  readonly model: 'open' | 'closed';
  /** Says how to call it. Files it needs go into the trial's folder. */
  command(trial: Trial): readonly string[];
  /** Reads what it says of a trial that is over; throws when that cannot be understood. */
  told(trial: Trial, ended: Ended): Told | Promise<Told>;
}

/** One load to make. */
export interface Trial {
  readonly url: string;
  /** Requests per second; undefined for as fast as it goes over 64 connections. */
  readonly rate: number | undefined;
  /** Seconds, the first of which warms up. */
  readonly seconds: number;
  /** Requests that may be under way at once, for clients that can be told so; undefined for as many as it takes. */
  readonly atOnce: number | undefined;
  /** Exists, is empty, and is this trial's alone. */
  readonly folder: string;
}

/** What a load generator says of its own work. */
export interface Told {
  /** Requests its schedule held; undefined without a schedule. */
  readonly held: number | undefined;
  /** Requests that it says got no good answer, for any reason. */
  readonly failed: number;
  /** Milliseconds. */
  readonly latency: Latency;
}

export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Connections of those who go as fast as they can. */
export const CONNECTIONS = 64;
