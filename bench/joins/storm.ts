import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { accounted, cpuOf } from '../accounted.ts';
import type { Bench } from '../bench.ts';
import { onCore } from '../cores.ts';
import { TARGET } from '../ours/declaration.ts';
import type { Hall } from '../server/hall.ts';
import type { JoinAccount } from './account.ts';

/** One storm, and the cores it took of the generator, its start included, and of the server. */
export interface JoinTrial {
  readonly rate: number;
  readonly account: JoinAccount;
  readonly cpu: number;
  readonly serverCpu: number;
}

const GRACE = 90_000;

/** Lets so many people a second join the rooms of a server, through a configuration as a user writes one. */
export async function stormed(hall: Hall, rate: number, seconds: number, bench: Bench): Promise<JoinTrial> {
  const folder = mkdtempSync(join(bench.folder, 'joins-'));
  const config = join(folder, 'stormtest.config.yaml');
  writeFileSync(config, stringify({ targets: { [TARGET]: { ...hall.declaration, people: { count: 1_000 } } } }));
  const program = fileURLToPath(new URL('storm-process.js', import.meta.url));
  const order = JSON.stringify({ config, rate, seconds, folder });
  const limit = seconds * 1_000 + GRACE;
  const [began, before] = [performance.now(), cpuOf(hall.pid) ?? Number.NaN];
  const command = onCore(bench.cores, 'client', [process.execPath, program, order]);
  const { stdout, cpu } = await accounted(command, { limit, signal: bench.signal }).ended;
  const took = (performance.now() - began) / 1_000;
  const account = JSON.parse(stdout) as JoinAccount;
  return { rate, account, cpu: cpu / took, serverCpu: ((cpuOf(hall.pid) ?? Number.NaN) - before) / took };
}
