import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT } from '../../../core/exit.ts';
import { Mistakes } from '../../../core/mistake.ts';
import type { DatabaseAccess } from '../gateway/order.ts';
import { usableBinaries } from './binaries.ts';
import { type Child, hasEnded, startChild, step } from './child.ts';
import { KEEPER } from './keeper.ts';
import { unprivileged } from './owner.ts';
import { freePort } from './port.ts';
import { provisioned } from './provision.ts';

/** A PostgreSQL server of one's own, with everything it has in one temporary folder. */
export interface Postgres {
  readonly keeper: Child;
  readonly pid: number;
  /** For the conference's own role, which may use what it makes and nothing else. */
  readonly access: DatabaseAccess;
  readonly folder: string;
  /** Ends the server and removes its folder; rejects when something of it remains. */
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** The npm package with the programs. */
  readonly binaries: string;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

const MEND = 'it lives in TMPDIR, which needs a short path, 200 MB of room and to be open to every user';

/** Longer than the keeper's own steps to end the server take together, in milliseconds. */
const STOPPED_WITHIN = 9_000;

const OPTIONS: Readonly<Record<string, string | number>> = {
  // Over TCP, because faults are put between the gateway and it by proxies; roles have passwords there. The superuser
  // comes in by the Unix socket alone, in a folder that is closed to other users.
  listen_addresses: '127.0.0.1',
  unix_socket_permissions: '0700',
  // Passwords are random, and connections are recycled: an expensive check of them would only cost time.
  scram_iterations: 64,
  max_connections: 30,
  // PostgreSQL's own default: how long somebody waits for a lock before it is looked into whether that can ever end.
  deadlock_timeout: '1s',
  shared_buffers: '32MB',
  // The data is thrown away at the end of the run; nothing has to survive a power failure.
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  // Fewer processes beside the gateway.
  io_method: 'sync',
  max_parallel_workers: 0,
  // Shared memory for parallel work as files in the folder, which goes with them, and not in /dev/shm.
  dynamic_shared_memory_type: 'mmap',
  // Statements carry people's names and addresses.
  log_min_error_statement: 'panic',
};

/** Starts PostgreSQL; throws Mistakes when it cannot be started, or what the signal was aborted with. */
export async function startPostgres({ binaries, signal, log }: PostgresOptions): Promise<Postgres> {
  const owner = unprivileged();
  const port = await freePort();
  const options = Object.entries({ ...OPTIONS, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = ['sh', '-c', KEEPER, 'keeper', tmpdir(), ...options];
  const keeper = await startChild({ name: 'postgres', command, leash: 'stdin', owner, mend: MEND, log });
  const line = (pattern: RegExp) => step(keeper, 'PostgreSQL', keeper.tail.line(pattern), signal);
  let folder: string | undefined;
  try {
    folder = await line(/^folder (.*)$/);
    const programs = await usableBinaries(binaries, folder, owner);
    keeper.process.stdin?.write(`${programs}\n`);
    const pid = Number(await line(/^postgres (\d+)$/));
    await line(/ready to accept connections/);
    const access = await provisioned(folder, port);
    const known = folder;
    return { keeper, pid, access, folder, stop: () => stopped(keeper, known) };
  } catch (error) {
    await stopped(keeper, folder);
    throw error;
  }
}

async function stopped(keeper: Child, folder: string | undefined): Promise<void> {
  keeper.process.stdin?.end();
  const gone = async () => (await hasEnded(keeper, 0)) && !(folder && existsSync(folder));
  const deadline = performance.now() + STOPPED_WITHIN;
  while (!(await gone()) && performance.now() < deadline) await sleep(25);
  if (await gone()) return;
  killGroup(keeper.pid);
  if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => undefined);
  if (folder && existsSync(folder)) {
    throw Mistakes.of('reference target', `could not remove ${folder}`, 'remove it by hand', EXIT.uncleaned);
  }
}

/** The keeper leads the group, so all that is left of it goes with one signal. */
function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}
