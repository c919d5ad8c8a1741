import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism, cpus, freemem, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLogs } from '../../chaos/intents.ts';
import { requiredBinaries } from '../../targets/reference/supervision/requirements.ts';
import { intentsFolder } from '../faults/state-folder.ts';
import { version } from '../machine.ts';

/** One thing that was looked at on this machine. */
export interface Finding {
  readonly name: string;
  readonly state: 'good' | 'doubtful' | 'broken';
  readonly says: string;
  readonly mend?: string;
}

/** Looks at everything that decides whether this machine can generate load that is to be believed. */
export async function checkUp(env: NodeJS.ProcessEnv): Promise<readonly Finding[]> {
  const machine = [software(), cores(), memory(), descriptors(), await busyness(), await timers(), reference()];
  return [...machine, kubectl(env), faults(env), remains()];
}

function software(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const fine = major > 20 || (major === 20 && minor >= 19);
  const says = `stormtest ${version()} on Node ${process.versions.node}, ${process.platform} ${process.arch}`;
  return fine
    ? { name: 'node', state: 'good', says }
    : { name: 'node', state: 'broken', says, mend: 'Node 20.19 or newer' };
}

function cores(): Finding {
  const count = availableParallelism();
  const says = `${count} ${count === 1 ? 'core' : 'cores'}`;
  if (count > 1) return { name: 'cores', state: 'good', says };
  return {
    name: 'cores',
    state: 'doubtful',
    says,
    mend: 'with one core, generator and target on one machine disturb each other',
  };
}

function memory(): Finding {
  const free = Math.round(freemem() / 2 ** 20);
  const says = `${free} MiB of memory free`;
  return free > 500
    ? { name: 'memory', state: 'good', says }
    : { name: 'memory', state: 'doubtful', says, mend: 'a storm holds thousands of connections' };
}

/** Every connection of every virtual user is a descriptor. */
function descriptors(): Finding {
  try {
    const limit = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
    const most = limit === 'unlimited' ? Number.POSITIVE_INFINITY : Number(limit);
    const says = `${limit} open files and connections a process`;
    if (most >= 8_192) return { name: 'descriptors', state: 'good', says };
    return { name: 'descriptors', state: 'doubtful', says, mend: 'ulimit -n 20000' };
  } catch {
    return { name: 'descriptors', state: 'doubtful', says: 'the limit of open connections is not known' };
  }
}

async function busyness(): Promise<Finding> {
  const total = () => cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  const [before, began] = [total(), performance.now()];
  await sleep(500);
  const busy = (total() - before) / ((performance.now() - began) * cpus().length);
  const says = `${Math.round(busy * 100)} % of the CPU is busy with something else`;
  if (busy < 0.3) return { name: 'cpu', state: 'good', says };
  return { name: 'cpu', state: 'doubtful', says, mend: 'runs may turn out invalid; close what is running' };
}

/** How late a one-millisecond timer is at worst, over half a second. */
async function timers(): Promise<Finding> {
  let worst = 0;
  for (const began = performance.now(); performance.now() - began < 500; ) {
    const due = performance.now() + 1;
    await sleep(1);
    worst = Math.max(worst, performance.now() - due);
  }
  const says = `timers are ${worst.toFixed(1)} ms late at worst`;
  return worst < 50
    ? { name: 'timers', state: 'good', says }
    : { name: 'timers', state: 'doubtful', says, mend: 'arrivals will be as late' };
}

function reference(): Finding {
  try {
    requiredBinaries();
    return { name: 'reference', state: 'good', says: 'the reference target can be started (--demo, reference:2020)' };
  } catch (thrown) {
    return { name: 'reference', state: 'doubtful', says: `no reference target here: ${(thrown as Error).message}` };
  }
}

/** It is looked for and not run: what it would reach is not this machine. */
function kubectl({ PATH = '' }: NodeJS.ProcessEnv): Finding {
  const found = PATH.split(delimiter).find((folder) => folder !== '' && existsSync(join(folder, 'kubectl')));
  const says =
    found === undefined
      ? 'no kubectl on the PATH: faults by kubectl, and nothing else, cannot be injected'
      : `kubectl is in ${found}, for faults by kubectl`;
  return { name: 'kubectl', state: 'good', says };
}

/** What dead runs have left was put back before, so what is open now belongs to runs that go on. */
function faults(env: NodeJS.ProcessEnv): Finding {
  const open = openLogs(intentsFolder(env)).flatMap((log) => log.open());
  if (open.length === 0) return { name: 'faults', state: 'good', says: 'no fault is in place' };
  const says = `in place by a run that goes on: ${open.map(({ says }) => says).join('; ')}`;
  return { name: 'faults', state: 'doubtful', says, mend: 'whatever is stormed now meets these, too' };
}

/** Folders that reference targets leave are removed by whoever outlives them; one that stays is a defect worth knowing. */
function remains(): Finding {
  const left = readdirSync(tmpdir()).filter((name) => name.startsWith('stormtest-'));
  if (left.length === 0) return { name: 'remains', state: 'good', says: 'nothing is left of earlier runs' };
  const says = `${left.map((name) => join(tmpdir(), name)).join(', ')}: of a run that goes on, or left by one`;
  return { name: 'remains', state: 'doubtful', says, mend: 'remove it if no stormtest runs' };
}
