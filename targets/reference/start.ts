import type { Services } from '../../core/means.ts';
import type { ReferenceAccount, ReferencePopulation } from './account.ts';
import type { Calibration, DatabaseAddress } from './gateway/order.ts';
import type { Child } from './supervision/child.ts';
import { type Gateway, startGateway } from './supervision/gateway.ts';
import { type Postgres, startPostgres } from './supervision/postgres.ts';
import { requiredBinaries } from './supervision/requirements.ts';
import { unready } from './unready.ts';
import { VARIANTS, type VariantName } from './variants.ts';

/** A reference target at work. */
export interface RunningReference {
  readonly variant: VariantName;
  /** Where people reach it, without a slash at the end. */
  readonly url: string;
  readonly metricsUrl: string;
  /** Logins per second it holds itself to: 0.9 of what it reached when it was measured at its start. */
  readonly capacity: { readonly login: number };
  /** For another variant to be started with, so that both have the same cost and capacity. */
  readonly calibration: Calibration;
  /** How faults can reach it. */
  readonly services: Services;
  readonly processes: readonly { readonly name: 'gateway' | 'postgres'; readonly pid: number }[];
  /** Ends it and leaves nothing; at most some ten seconds, and the same end however often it is called. */
  stop(): Promise<void>;
}

export interface ReferenceOptions {
  /** Who may sign in; at least one, each email once. */
  readonly accounts: readonly ReferenceAccount[];
  /** What they were made up from, if they were; `/v1/about` tells it. */
  readonly population?: ReferencePopulation;
  /** Stops the start, which then rejects with the signal's reason; once it runs, only `stop` ends it. */
  readonly signal?: AbortSignal;
  /** Called when a process of it ends that nobody asked to. */
  readonly onDeath: (death: ReferenceDeath) => void;
  /** On 127.0.0.1; a free one when left out. */
  readonly port?: number;
  readonly log?: (line: string) => void;
  /** Puts something between the parts of the target: told where one listens, it says where the others shall connect. */
  readonly route?: (service: 'database', upstream: DatabaseAddress) => Promise<DatabaseAddress>;
  /** Of a reference target that was started on this machine just before; without it the hash cost is tuned anew. */
  readonly calibration?: Calibration;
}

/** Which process ended, and how: its exit code or signal, and the last lines it said. */
export interface ReferenceDeath {
  readonly process: 'gateway' | 'postgres';
  readonly says: string;
}

/**
 * Starts a variant of the reference target: a PostgreSQL server and a gateway, in processes of their own that end with
 * this one, however it ends. Throws Mistakes when the target cannot be started; nothing of it is left then.
 */
export async function startReference(variant: VariantName, options: ReferenceOptions): Promise<RunningReference> {
  const { accounts, population, calibration, signal, port = 0, log = () => undefined } = options;
  refuseUnfit(accounts);
  signal?.throwIfAborted();
  const broken = new AbortController();
  const starting = AbortSignal.any([broken.signal, ...(signal ? [signal] : [])]);
  const postgres = await startPostgres({ binaries: requiredBinaries(), signal: starting, log });
  void postgres.keeper.ended.then((how) => broken.abort(unready(`PostgreSQL ${how} while the gateway was starting`)));
  try {
    const database = { ...postgres.access, ...(await options.route?.('database', postgres.access)) };
    const order = { variant, settings: VARIANTS[variant], accounts, population, port, database, calibration };
    const gateway = await startGateway(order, starting, log);
    return running(variant, postgres, gateway, options.onDeath);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

function running(
  variant: VariantName,
  postgres: Postgres,
  gateway: Gateway,
  onDeath: ReferenceOptions['onDeath'],
): RunningReference {
  let stopping: Promise<void> | undefined;
  const watch = (process: ReferenceDeath['process'], child: Child) =>
    void child.ended.then((how) => {
      if (stopping) return;
      const last = child.tail.last();
      onDeath({ process, says: last === '' ? how : `${how}; the last it said:\n${last}` });
    });
  watch('gateway', gateway.child);
  watch('postgres', postgres.keeper);
  const url = `http://127.0.0.1:${gateway.port}`;
  return {
    variant,
    url,
    metricsUrl: `${url}/metrics`,
    capacity: { login: gateway.calibration.login },
    calibration: gateway.calibration,
    services: { database: [{ by: 'connections', server: 'postgres', url: urlOf(postgres) }] },
    processes: [
      { name: 'gateway', pid: gateway.child.pid },
      { name: 'postgres', pid: postgres.pid },
    ],
    stop() {
      stopping ??= gateway.stop().finally(() => postgres.stop());
      return stopping;
    },
  };
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
