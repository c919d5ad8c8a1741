import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import type { Task } from '../../chaos/injector.ts';

/** How far an owner goes with a fault before it waits to be killed. */
export type Reached = 'intended' | 'applied' | 'being lifted';

export interface Injection {
  /** The file below chaos/injectors, and the injector in it. */
  readonly file: string;
  readonly exported: string;
  readonly task: Task;
}

/** A process of the built program that guards a fault as a run does. */
export interface GuardedOwner {
  /** The process that watches over it at the moment it got where it was to get. */
  readonly watchdog: number;
  signal(name: NodeJS.Signals): void;
  ended(): Promise<unknown>;
}

const PROGRAM = `
const { file, exported, task, folder, run, reach, chaos } = JSON.parse(process.argv[1]);
const { guardOf } = await import(chaos + '/guard.js');
const { undone } = await import(chaos + '/undoing.js');
const found = (await import(chaos + '/injectors/' + file + '.js'))[exported];
const prepared = await (typeof found === 'function' ? found({ own: [] }) : found).prepare(task);
const guard = guardOf(folder, run);
const expiresAt = new Date(Date.now() + 60000).toISOString();
guard.intend({ name: task.name, says: 'a fault of a test', undo: prepared.undo, expiresAt });
if (reach !== 'intended') {
  await prepared.inject();
  guard.applied(task.name);
}
setInterval(() => void prepared.renew?.().catch(() => undefined), 1000);
console.log(JSON.stringify({ watchdog: guard.watchdog }));
// What is undone is not noted: this process is to die before it can be.
if (reach === 'being lifted') await undone(prepared.undo).catch(() => undefined);
setTimeout(() => process.exit(1), 120000);
`;

/** Starts an owner and waits until it has got where it is to get. */
export async function guardedOwner(
  injection: Injection,
  folder: string,
  run: string,
  reach: Reached,
): Promise<GuardedOwner> {
  const order = JSON.stringify({ ...injection, folder, run, reach, chaos: pathToFileURL('dist/chaos').href });
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, order], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit');
  if (!child.stdout || !child.stderr || child.pid === undefined) throw new Error('the owner was not started');
  const said = text(child.stderr);
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    exit.then(async () => Promise.reject(new Error(`the owner ended before it was ${reach}: ${await said}`))),
  ])) as [string];
  const { watchdog } = JSON.parse(line) as { watchdog: number };
  return { watchdog, signal: (name) => void child.kill(name), ended: () => exit };
}
