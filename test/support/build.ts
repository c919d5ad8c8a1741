import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Tests of whole processes run the built program; build it once, before them. A build that fails fails the run. */
export default function setup(): void {
  const began = Date.now();
  const built = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], { stdio: 'inherit' });
  if (built.status !== 0) throw new Error(`the build failed: tsc ended with ${built.status ?? built.signal}`);
  removeOlder('dist', began);
  spawnSync(process.execPath, ['tools/runnable.mjs', 'dist/cli/main.js']);
}

/** What is no longer written must not be found; what is rewritten stays in place for those who are running it. */
function removeOlder(folder: string, began: number): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, name);
    const facts = statSync(file);
    // Some file systems keep whole seconds only.
    if (facts.isFile() && facts.mtimeMs < began - 1_000) rmSync(file);
  }
}
