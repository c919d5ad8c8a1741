import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, Section } from '../bench.ts';
import { atMost } from '../goal.ts';
import { PROJECT } from '../program.ts';
import { spreadCell, spreadOf } from '../spread.ts';

/** Starts of each in a round. */
const STARTS = 10;

interface Started {
  /** Milliseconds of each start, in order. */
  readonly bare: readonly number[];
  readonly help: readonly number[];
}

/** How long the command line takes to say what it can do, beyond what Node itself takes. */
export async function start({ rounds, tell }: Bench): Promise<Section> {
  const program = join(PROJECT, 'dist/cli/main.js');
  const isBuilt = existsSync(program);
  tell(`start: ${rounds * STARTS} starts of each`);
  const { bare, help } = isBuilt ? started(program, rounds * STARTS) : { bare: [], help: [] };
  const [ofBare, ofHelp] = [spreadOf(bare), spreadOf(help)];
  const beyond = spreadOf(help.map((ms, index) => ms - (bare[index] ?? Number.NaN)));
  const told = (ms: number) => `${Math.round(ms)}`;
  return {
    part: 'start',
    title: 'Start',
    tables: [
      {
        title: 'milliseconds',
        columns: ['median (least-most)'],
        rows: [
          ["node -e ''", spreadCell(ofBare, told)],
          ['stormtest --help', spreadCell(ofHelp, told)],
          ['the difference, start by start', spreadCell(beyond, told)],
        ],
      },
    ],
    goals: [
      atMost(
        'stormtest --help at most 150 ms beyond bare node',
        150,
        beyond?.median,
        (ms) => `${told(ms)} ms (median of ${help.length})`,
      ),
    ],
    notes: isBuilt ? [] : ['dist is not here (npm run build makes it): nothing was measured'],
    figures: { bare, help },
  };
}

/** Takes turns, so that what disturbs one disturbs the other; the first of each, which reads from the disk, is left out. */
function started(program: string, count: number): Started {
  const [bare, help]: [number[], number[]] = [[], []];
  for (let index = -1; index < count; index += 1) {
    const times = [timed(['-e', '']), timed([program, '--help'])] as const;
    if (index < 0) continue;
    bare.push(times[0]);
    help.push(times[1]);
  }
  return { bare, help };
}

function timed(args: readonly string[]): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const took = performance.now() - began;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with code ${status}: ${stderr.slice(-500)}`);
  return took;
}
