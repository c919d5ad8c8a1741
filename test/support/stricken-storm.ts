import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { stringify } from 'yaml';
import { EXIT } from '../../core/exit.ts';
import type { JsonReport } from '../../reports/json.ts';
import { startBeside } from './command-line.ts';
import { descendantsOf } from './descendants.ts';
import { isAlive } from './remains.ts';

/** A storm in the middle of which its target is struck. */
export interface StrickenStorm {
  /** The profile, and what else is asked for. */
  readonly asked: readonly string[];
  /** The declaration of the target. */
  readonly declared: object;
  /** A command that runs another one where the target can be reached. */
  readonly beside?: readonly string[];
  /** Is given the processes of the storm. */
  readonly strike: (ours: readonly number[]) => void;
  readonly folder: string;
}

/**
 * Storms a target, strikes in the middle, and expects a verdict that is no survival and nothing left: nobody is served any
 * more in the end. `counted` says whose successes are meant.
 */
export async function expectEnded(
  { asked, declared, beside = [], strike, folder }: StrickenStorm,
  counted: (count: JsonReport['counts'][number]) => boolean = () => true,
): Promise<void> {
  const [file, state, out] = [join(folder, 'stormtest.config.yaml'), join(folder, 'state'), join(folder, 'out')];
  writeFileSync(file, stringify({ targets: { mine: declared } }));
  const args = [...asked, '--target', 'mine', '--config', file, '--out', out, '--json'];
  const storm = startBeside(beside, args, { cwd: folder, env: { STORMTEST_STATE: state } });
  await storm.until(/: storm/);
  const ours = descendantsOf(storm.pid);
  strike(ours);
  const { code, stdout, stderr } = await storm.ended;
  expect([EXIT.failed, EXIT.unproven], stderr).toContain(code);
  const { verdict, run, counts } = JSON.parse(stdout) as JsonReport;
  expect(['died', 'invalid', 'inconclusive']).toContain(verdict);
  expect(run.ended?.reason).toBe('completed');
  const good = (phase: string) =>
    counts.filter((count) => count.phase === phase && counted(count)).reduce((sum, one) => sum + one.good, 0);
  expect(good('baseline')).toBeGreaterThan(0);
  expect(good('recovery')).toBe(0);
  // One whose parent has just ended is there until somebody has heard of its end.
  await expect.poll(() => ours.filter(isAlive), { timeout: 10_000 }).toEqual([]);
  const intents = join(state, 'intents');
  expect(existsSync(intents) ? readdirSync(intents) : []).toEqual([]);
}
