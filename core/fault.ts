import type { Duration } from './duration.ts';

/** The places of a target a fault can be put in. */
export const SERVICES = ['edge', 'auth', 'signalling', 'media', 'database', 'recordings', 'cdn', 'support'] as const;

export type ServiceName = (typeof SERVICES)[number];

/** Something broken on purpose, `after` the storm began and for `lasting`. */
export interface Fault {
  readonly service: ServiceName;
  /** Where it goes when the target does not say how `service` is reached. */
  readonly otherwise?: ServiceName;
  /** The part of a service that has several, or what parts are in, by the name the target's configuration gives it; all of them when left out. */
  readonly part?: string;
  readonly after: Duration;
  readonly lasting: Duration;
  readonly does: Disturbance;
  /** Only injected when asked for by this name: `--with slow-dependency`. */
  readonly with?: string;
}

/**
 * What a fault does.
 * - `latency`, `bandwidth`, `refusal`, `toxic`: to the connections of a service
 * - `impairment`: to its datagrams
 * - `kill`, `pause`, `throttle`: to one of its processes
 * - `fill`: to its volume
 * - `hold`: to its limit of connections
 */
export type Disturbance =
  | Latency
  | Bandwidth
  | { readonly kind: 'refusal' }
  | Toxic
  | Impairment
  | { readonly kind: 'kill' }
  | { readonly kind: 'pause' }
  | Throttle
  | Fill
  | Hold;

export type DisturbanceKind = Disturbance['kind'];

/** Everything a service answers comes later, by so many milliseconds; each piece by up to `jitter` more or less. */
export interface Latency {
  readonly kind: 'latency';
  readonly latency: number;
  readonly jitter: number;
}

/** What a service answers comes at no more than so many kilobytes (1,000 bytes) per second. */
export interface Bandwidth {
  readonly kind: 'bandwidth';
  readonly kilobytesPerSecond: number;
}

/** Any toxic of Toxiproxy, in its own words. */
export interface Toxic {
  readonly kind: 'toxic';
  readonly type: string;
  readonly stream: 'upstream' | 'downstream';
  readonly attributes: Readonly<Record<string, number>>;
}

/** Shares are 0..1 of all datagrams in each direction; delays are milliseconds each way. */
export interface Impairment {
  readonly kind: 'impairment';
  /** To the service, or from it; both when left out. */
  readonly stream?: 'upstream' | 'downstream';
  readonly loss?: number;
  readonly latency?: number;
  readonly jitter?: number;
  /** Datagrams that overtake the ones before them. */
  readonly reorder?: number;
  readonly duplicate?: number;
  readonly kilobitsPerSecond?: number;
}

/**
 * A process gets no more than these shares of one core's time, one after another over the fault's length; or of what it used
 * of it right before, which bites alike on machines that are not equally fast.
 */
export interface Throttle {
  readonly kind: 'throttle';
  readonly steps: readonly number[];
  /** A core when left out. */
  readonly of?: 'core' | 'its use';
}

/** A volume is filled until no more than so many bytes are free. */
export interface Fill {
  readonly kind: 'fill';
  readonly leave: number;
}

/** Connections are opened and held: so many, or until the service refuses another one. */
export interface Hold {
  readonly kind: 'hold';
  readonly connections: number | 'all';
}

/** What a fault is called: `latency at database`, `kill at media/eu`. */
export function faultName({ does, service, part }: Pick<Fault, 'does' | 'service' | 'part'>): string {
  const kind = does.kind === 'toxic' ? does.type : does.kind;
  return `${kind} at ${service}${part === undefined ? '' : `/${part}`}`;
}

/** What a disturbance does, in numbers: `200 ms of latency, 20 ms of jitter`. */
export function disturbanceWords(does: Disturbance): string {
  switch (does.kind) {
    case 'latency':
      return `${does.latency} ms of latency${does.jitter > 0 ? `, ${does.jitter} ms of jitter` : ''}`;
    case 'bandwidth':
      return `at most ${does.kilobytesPerSecond} kB/s for each connection`;
    case 'refusal':
      return 'connections refused';
    case 'toxic':
      return `toxic ${does.type}, ${does.stream}`;
    case 'impairment':
      return impairmentWords(does);
    case 'kill':
      return 'a process killed';
    case 'pause':
      return 'a process stopped';
    case 'throttle':
      return `CPU cut to ${does.steps.map((share) => `${Math.round(share * 100)} %`).join(', ')} of ${throttledOf(does)}`;
    case 'fill':
      return `volume filled until ${does.leave} bytes are free`;
    case 'hold':
      return does.connections === 'all' ? 'all connections held' : `${does.connections} connections held`;
  }
}

function throttledOf({ of = 'core' }: Throttle): string {
  return of === 'core' ? 'a core' : 'what it used of a core';
}

function impairmentWords(impairment: Impairment): string {
  const { stream, loss, latency, jitter, reorder, duplicate, kilobitsPerSecond } = impairment;
  const percent = (share: number, what: string) => `${Number((share * 100).toFixed(2))} % ${what}`;
  return [
    loss !== undefined && percent(loss, 'lost'),
    latency !== undefined && `${latency} ms of latency each way`,
    jitter !== undefined && `${jitter} ms of jitter`,
    reorder !== undefined && percent(reorder, 'out of order'),
    duplicate !== undefined && percent(duplicate, 'twice'),
    kilobitsPerSecond !== undefined && `at most ${kilobitsPerSecond} kbit/s`,
    stream,
  ]
    .filter(Boolean)
    .join(', ');
}
