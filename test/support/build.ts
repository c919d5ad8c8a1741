import { spawnSync } from 'node:child_process';

/** Tests of whole processes run the built program; build it once, before them. */
export default function setup(): void {
  spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], { stdio: 'inherit' });
}
