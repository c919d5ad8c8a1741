import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

/** Tests of whole processes run the built program; build it once, before them. A build that fails fails the run. */
export default function setup(): void {
  // What is no longer written must not be found.
  rmSync('dist', { recursive: true, force: true });
  const built = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], { stdio: 'inherit' });
  if (built.status !== 0) throw new Error(`the build failed: tsc ended with ${built.status ?? built.signal}`);
}
