import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { Task } from '../../chaos/injector.ts';
import type { Undo } from '../../chaos/undo.ts';
import type { Means } from '../../core/means.ts';

/** A process of the built program that has put a fault in place, and can be killed. */
export interface Owner {
  readonly undo: Undo;
  kill(): Promise<void>;
}

const PROGRAM = `
const { injector, exported, task } = JSON.parse(process.argv[1]);
const found = (await import(injector))[exported];
const prepared = await (typeof found === 'function' ? found({ own: [] }) : found).prepare(task);
const undo = prepared.undo;
await prepared.inject();
console.log(JSON.stringify(undo));
setInterval(() => undefined, 1000);
setTimeout(() => process.exit(1), 60000);
`;

/** Starts a process that injects a fault and goes on; resolves when the fault is in place. */
export async function ownerOf<By extends Means['by']>(file: string, exported: string, task: Task<By>): Promise<Owner> {
  const injector = pathToFileURL(`dist/chaos/injectors/${file}.js`).href;
  const order = JSON.stringify({ injector, exported, task });
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, order], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  if (!child.stdout) throw new Error('no output');
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    exit.then(() => Promise.reject(new Error('the owner ended before the fault was in place'))),
  ])) as [string];
  return {
    undo: JSON.parse(line) as Undo,
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
  };
}
