import type { Services } from '../../core/means.ts';
import { Mistakes } from '../../core/mistake.ts';
import type { ReferenceAccount, ReferencePopulation } from './account.ts';
import type { Calibration, DatabaseAddress } from './gateway/order.ts';
import type { Cost } from './gateway/passwords.ts';
import { type Change, type Make, mediaSettingsOf, nameOf, settingsOf } from './make.ts';
import type { Child } from './supervision/child.ts';
import { type EdgeName, type Edges, startEdges } from './supervision/edges.ts';
import { type Fleet, type MediaName, type PathName, startFleet } from './supervision/fleet.ts';
import { type Gateway, startGateway } from './supervision/gateway.ts';
import { type Postgres, startPostgres } from './supervision/postgres.ts';
import { requiredBinaries } from './supervision/requirements.ts';
import { startVolume, type Volume } from './supervision/volume.ts';
import { unready } from './unready.ts';
import type { VariantName } from './variants.ts';

/** A reference target at work. */
export interface RunningReference {
  /** `hardened`, or `hardened,loginQueue=2020` where settings were taken from another variant. */
  readonly variant: string;
  /** Where people reach it, without a slash at the end. */
  readonly url: string;
  readonly metricsUrl: string;
  /**
   * Logins per second it holds itself to: a share of what it reached when it was measured, at its start or that of whom it
   * took the calibration from.
   */
  readonly capacity: { readonly login: number };
  /** For another variant to be started with, so that both have the same cost and capacity. */
  readonly calibration: Calibration;
  /** How faults can reach it. */
  readonly services: Services;
  /** Its media servers, each with a page of metrics; none unless it was started with media. */
  readonly media: readonly { readonly name: string; readonly metricsUrl: string }[];
  /** Its edges, each with a page of metrics; none unless it was started with them. */
  readonly edges: readonly { readonly name: string; readonly metricsUrl: string }[];
  /** Whether meetings can be recorded. */
  readonly recordings: boolean;
  /** What it consists of now: a media server or an edge that has ended is another process afterwards. */
  readonly processes: readonly { readonly name: ProcessName; readonly pid: number }[];
  /** Ends it and leaves nothing; at most some ten seconds, and the same end however often it is called. */
  stop(): Promise<void>;
}

export type ProcessName = 'gateway' | 'postgres' | 'recordings' | MediaName | EdgeName;

export interface ReferenceOptions {
  /** Who may sign in; at least one, each email once. */
  readonly accounts: readonly ReferenceAccount[];
  /** Settings it takes from other variants. */
  readonly changes?: readonly Change[];
  /** What they were made up from, if they were; `/v1/about` tells it. */
  readonly population?: ReferencePopulation;
  /** Whether meetings have media; without it no media server is started. */
  readonly media?: boolean;
  /** Whether it has a web client that people fetch; without it no edge is started. */
  readonly edges?: boolean;
  /**
   * Whether meetings can be recorded, on a volume that is made for it: `if possible` goes without where the machine does not
   * let one be made, and says so to `log`.
   */
  readonly recordings?: boolean | 'if possible';
  /** Stops the start, which then rejects with the signal's reason; once it runs, only `stop` ends it. */
  readonly signal?: AbortSignal;
  /** Called when a process of it ends that nobody asked to. */
  readonly onDeath: (death: ReferenceDeath) => void;
  /** On 127.0.0.1; a free one when left out. */
  readonly port?: number;
  readonly log?: (line: string) => void;
  /**
   * Puts something between the parts of the target: told where one listens, it says where the others shall connect. A media
   * server that stands in a region is reached by participants in it, and by others by ways of their own.
   */
  readonly route?: (
    service: 'database' | 'media' | 'cdn',
    upstream: DatabaseAddress,
    part: ProcessName | PathName,
    within?: string,
  ) => Promise<DatabaseAddress>;
  /**
   * Of a reference target with the same accounts that was started on this machine just before; without it the hash cost is
   * tuned anew, beginning with the one that is given alone.
   */
  readonly calibration?: Calibration | Cost | undefined;
}

/** Which process ended, and how: its exit code or signal, and the last lines it said. */
export interface ReferenceDeath {
  readonly process: ProcessName;
  readonly says: string;
}

/**
 * Starts a reference target: a PostgreSQL server, if wanted its media servers, edges and a volume for recordings, and a gateway, in
 * processes of their own that end with this one, however it ends. Throws Mistakes when the target cannot be started; nothing of it
 * is left then.
 */
export async function startReference(variant: VariantName, options: ReferenceOptions): Promise<RunningReference> {
  const make: Make = { variant, changes: options.changes ?? [] };
  const { accounts, population, calibration, signal, port = 0, log = () => undefined } = options;
  refuseUnfit(accounts);
  signal?.throwIfAborted();
  const broken = new AbortController();
  const starting = AbortSignal.any([broken.signal, ...(signal ? [signal] : [])]);
  const watch = watcher(options.onDeath);
  const postgres = await startPostgres({ binaries: requiredBinaries(), signal: starting, log });
  void postgres.keeper.ended.then((how) => broken.abort(unready(`PostgreSQL ${how} while the gateway was starting`)));
  let fleet: Fleet | undefined;
  let edges: Edges | undefined;
  let volume: Volume | undefined;
  try {
    const database = { ...postgres.access, ...(await options.route?.('database', postgres.access, 'postgres')) };
    fleet = options.media ? await startedFleet(make, postgres, options, starting, watch) : undefined;
    edges = options.edges ? await startedEdges(postgres, options, starting, watch) : undefined;
    const made = { variant: nameOf(make), settings: settingsOf(make) };
    volume = await startedVolume(made.settings.recordingVolume, options, starting);
    const recordings = volume && { folder: volume.folder };
    const beside = { media: fleet?.places, edges: edges?.places, recordings };
    const order = { ...made, ...beside, accounts, population, port, database, calibration };
    const gateway = await startGateway(order, starting, log);
    return running(made.variant, { postgres, gateway, fleet, edges, volume }, watch);
  } catch (error) {
    watch.stop();
    for (const part of [fleet, edges, volume]) await part?.stop();
    await postgres.stop();
    throw error;
  }
}

function startedFleet(
  make: Make,
  { folder }: Postgres,
  { route, log = () => undefined }: ReferenceOptions,
  signal: AbortSignal,
  watch: Watcher,
): Promise<Fleet> {
  return startFleet(mediaSettingsOf(make), {
    ...{ folder, signal, log, onDeath: watch.tell },
    route: async (part, upstream, within) => (await route?.('media', upstream, part, within)) ?? upstream,
  });
}

function startedEdges(
  { folder }: Postgres,
  { route, log = () => undefined }: ReferenceOptions,
  signal: AbortSignal,
  watch: Watcher,
): Promise<Edges> {
  return startEdges({
    ...{ folder, signal, log, onDeath: watch.tell },
    route: async (name, upstream) => (await route?.('cdn', upstream, name)) ?? upstream,
  });
}

async function startedVolume(
  bytes: number,
  { recordings = false, log = () => undefined }: ReferenceOptions,
  signal: AbortSignal,
): Promise<Volume | undefined> {
  if (!recordings) return undefined;
  try {
    return await startVolume({ name: 'recordings', bytes, signal, log });
  } catch (error) {
    if (recordings !== 'if possible' || !(error instanceof Mistakes)) throw error;
    log(`nothing can be recorded: ${error.message}`);
    return undefined;
  }
}

/** Tells of deaths until it is told that they are meant. */
interface Watcher {
  tell(process: ProcessName, says: string): void;
  child(process: ProcessName, child: Child): void;
  stop(): void;
}

function watcher(onDeath: ReferenceOptions['onDeath']): Watcher {
  let isMeant = false;
  const tell = (process: ProcessName, says: string) => {
    if (!isMeant) onDeath({ process, says });
  };
  return {
    tell,
    child: (process, child) =>
      void child.ended.then((how) => {
        const last = child.tail.last();
        tell(process, last === '' ? how : `${how}; the last it said:\n${last}`);
      }),
    stop() {
      isMeant = true;
    },
  };
}

interface Parts {
  readonly postgres: Postgres;
  readonly gateway: Gateway;
  readonly fleet: Fleet | undefined;
  readonly edges: Edges | undefined;
  readonly volume: Volume | undefined;
}

function running(variant: string, parts: Parts, watch: Watcher): RunningReference {
  const { postgres, gateway, fleet, edges, volume } = parts;
  let stopping: Promise<void> | undefined;
  watch.child('gateway', gateway.child);
  watch.child('postgres', postgres.keeper);
  if (volume) watch.child('recordings', volume.keeper);
  const url = `http://127.0.0.1:${gateway.port}`;
  return {
    variant,
    url,
    metricsUrl: `${url}/metrics`,
    capacity: { login: gateway.calibration.login },
    calibration: gateway.calibration,
    services: {
      database: [{ by: 'connections', server: 'postgres', url: urlOf(postgres) }],
      ...(fleet && { media: fleet.means }),
      ...(edges && { cdn: edges.means }),
      ...(volume && { recordings: [{ by: 'volume', path: volume.folder }] }),
    },
    media: (fleet?.servers ?? []).map(({ name, metricsUrl }) => ({ name, metricsUrl })),
    edges: (edges?.servers ?? []).map(({ name, metricsUrl }) => ({ name, metricsUrl })),
    recordings: volume !== undefined,
    get processes() {
      return [
        { name: 'gateway' as const, pid: gateway.child.pid },
        { name: 'postgres' as const, pid: postgres.pid },
        ...[...(fleet?.servers ?? []), ...(edges?.servers ?? [])].map(({ name, pid }) => ({ name, pid })),
        ...(volume ? [{ name: 'recordings' as const, pid: volume.keeper.pid }] : []),
      ];
    },
    stop() {
      watch.stop();
      stopping ??= stopAll(parts);
      return stopping;
    },
  };
}

/** Ends one after another, and the others also when one of them does not end. */
async function stopAll({ postgres, gateway, fleet, edges, volume }: Parts): Promise<void> {
  try {
    await gateway.stop();
  } finally {
    // The folder of PostgreSQL holds the pid files.
    await Promise.all([fleet?.stop(), edges?.stop(), volume?.stop()]).finally(() => postgres.stop());
  }
}

function urlOf({ access: { host, port, user, password } }: Postgres): string {
  return `postgres://${user}:${password}@${host}:${port}/postgres`;
}

function refuseUnfit(accounts: readonly ReferenceAccount[]): void {
  if (accounts.length === 0) throw unready('has no account anybody could sign in with', 'give it at least one person');
  const emails = new Set<string>();
  for (const { email } of accounts) {
    if (emails.has(email)) throw unready(`has two accounts with the email ${email}`, 'give each person another one');
    emails.add(email);
  }
}

export type { Calibration } from './gateway/order.ts';
export type { Cost } from './gateway/passwords.ts';
