import { profiles } from '../../profiles/index.ts';
import { calibrate } from './calibrate.ts';
import { cleanup } from './cleanup.ts';
import type { Command } from './command.ts';
import { doctor } from './doctor.ts';
import { explain } from './explain.ts';
import { init } from './init.ts';
import { list } from './list.ts';
import { plan } from './plan.ts';
import { prove } from './prove.ts';
import { report } from './report.ts';
import { score } from './score.ts';
import { stormCommand } from './storm.ts';
import { target } from './target.ts';
import { toxiproxy } from './toxiproxy.ts';

/** Every command: the incidents first, then what is done before, after and beside them. */
export const commands: readonly Command[] = [
  ...profiles.map(stormCommand),
  ...[list, explain, plan, score, report, target, toxiproxy, prove, init, calibrate, doctor, cleanup],
];
