import { EXIT, type ExitCode } from '../../core/exit.ts';
import { Mistakes } from '../../core/mistake.ts';
import type { Score } from '../../core/score.ts';
import { meaningOf, type SettingName } from '../../targets/reference/make.ts';
import type { Calibration, Cost } from '../../targets/reference/start.ts';
import type { Surroundings } from '../commands/command.ts';
import type { Console } from '../console.ts';
import { intentsFolder } from '../faults/state-folder.ts';
import { type Interruption, interruption } from '../interruption.ts';
import type { OptionReader } from '../options.ts';
import { codeOf } from '../storm/demonstration.ts';
import { exitCodeFor, tellEnding, tellLast } from '../storm/ending.ts';
import { type Answer, expectationOf, ratingOf, withoutSaid } from '../storm/known-answer.ts';
import { resultsIn } from '../storm/results.ts';
import { storm } from '../storm/storm.ts';
import { type Proof, proofsAskedFor } from './proofs.ts';

/** Checks the tool's own known answers: profiles on the weak variant of their era and on the hardened one, or on that with one hardening less. */
export async function prove(options: OptionReader, { console, env }: Surroundings): Promise<ExitCode> {
  const { proofs, json } = proofsAskedFor(options);
  const stopping = interruption(console.tell);
  try {
    const results: Proven[] = [];
    const machine: MachineBefore = {};
    for (const [index, proof] of proofs.entries()) {
      const proven = await provenBy(proof, { stopping, console, intents: intentsFolder(env), machine });
      if (typeof proven === 'number') return proven;
      results.push(proven);
      console.tell(`${index + 1} of ${proofs.length}: ${lineOf(proven)}`);
    }
    console.print(json ? JSON.stringify(summaryOf(results), undefined, 2) : tableOf(results));
    return codeOf(results);
  } finally {
    stopping.dispose();
  }
}

/** What every proof is made in. */
interface Around {
  readonly stopping: Interruption;
  readonly console: Console;
  readonly intents: string;
  readonly machine: MachineBefore;
}

/** What the reference target before was calibrated to, and in which proof. */
interface MachineBefore {
  seen?: { readonly calibration: Calibration; readonly proof: Proof } | undefined;
}

interface Proven extends Answer {
  readonly profile: string;
  readonly target: string;
  /** The hardenings that were taken away from the target, where some were. */
  readonly without: readonly SettingName[] | undefined;
  readonly seed: number;
  readonly expected: string;
  readonly verdict: Score['verdict'];
  readonly score: number | undefined;
  readonly gates: readonly string[];
  readonly mechanism: string;
  /** Why the first try proved nothing, when there was a second one. */
  readonly retried: string | undefined;
  /** Of the try that counts. */
  readonly folder: string;
}

/**
 * Proves one answer. The reference target is steady on a machine that is, so whatever makes a run of it invalid is the
 * machine's doing: it is tried once more, and that is told and counted.
 */
async function provenBy(proof: Proof, around: Around): Promise<Proven | ExitCode> {
  const first = await attempted(proof, proof.folder, around);
  if (typeof first === 'number' || first.rating !== 'invalid') return first;
  around.console.tell(`once more, the first try was invalid: ${first.says}`);
  // It may have been the machine that has changed.
  around.machine.seen = undefined;
  const second = await attempted(proof, `${proof.folder}-again`, around);
  return typeof second === 'number' ? second : { ...second, retried: first.says };
}

/** An attempt; a reference target that cannot be started on this machine now proves nothing either. */
async function attempted(proof: Proof, where: string, around: Around): Promise<Proven | ExitCode> {
  try {
    return await attempt(proof, where, around);
  } catch (thrown) {
    if (!(thrown instanceof Mistakes) || thrown.exitCode !== EXIT.notReady) throw thrown;
    return { ...identityOf(proof, where), rating: 'invalid', says: thrown.message, ...NOTHING };
  }
}

/** What there is to tell of a run that never began. */
const NOTHING = {
  verdict: 'invalid',
  score: undefined,
  gates: [],
  mechanism: 'not covered: nothing was run',
  retried: undefined,
} as const;

function identityOf({ profile, role, target, without, seed }: Proof, folder: string) {
  const expected = expectationOf(profile.answers, role);
  const taken = without.length > 0 ? without : undefined;
  return { profile: profile.name, target: `reference:${target}`, without: taken, seed, folder, expected };
}

async function attempt(proof: Proof, where: string, around: Around): Promise<Proven | ExitCode> {
  const { stopping, console, intents, machine } = around;
  const { profile, role, target, without, seed } = proof;
  const executed = await storm(
    {
      profile,
      target: `reference:${target}`,
      config: undefined,
      permission: { owned: [], maxRate: undefined, maxDuration: undefined },
      planned: { seed },
      calibration: calibrationFor(proof, machine),
      interruption: stopping,
      intents,
      console,
    },
    () => resultsIn(where),
  );
  if (executed.cutShort !== undefined || executed.remaining.length > 0) {
    tellEnding(executed, console);
    tellLast(executed, `after ${profile.name} on reference:${target}`, console);
    return exitCodeFor(executed);
  }
  const { score, calibration } = executed;
  machine.seen = calibration && { calibration, proof };
  return {
    ...identityOf(proof, where),
    ...withoutSaid(ratingOf(score, profile.answers, role), without),
    retried: undefined,
    verdict: score.verdict,
    score: score.value,
    gates: score.gates
      .filter(({ status }) => status === 'fired')
      .map(({ name, kind }) => (kind ? `${name} (${kind})` : name)),
    mechanism: `${score.mechanism.status}: ${score.mechanism.says}`,
  };
}

/**
 * The variants of a profile are given the same hash cost, so that they differ in their settings alone; the next profile's
 * are tuned anew, from there on: a machine may have changed in the meantime.
 */
function calibrationFor({ profile, seed }: Proof, { seen }: MachineBefore): Calibration | Cost | undefined {
  if (!seen) return undefined;
  const isSame = seen.proof.profile === profile && seen.proof.seed === seed;
  return isSame ? seen.calibration : { r: seen.calibration.r };
}

function summaryOf(results: readonly Proven[]) {
  const counted = (rating: Answer['rating']) => results.filter((result) => result.rating === rating).length;
  const retried = results.filter((result) => result.retried !== undefined).length;
  return { right: counted('right'), wrong: counted('wrong'), invalid: counted('invalid'), retried, results };
}

function tableOf(results: readonly Proven[]): string {
  const { right, wrong, invalid, retried } = summaryOf(results);
  const again = retried > 0 ? `, ${retried} at the second try` : '';
  return [
    ...results.map(lineOf),
    '',
    ...meaningsOf(results),
    `${right} right, ${wrong} wrong, ${invalid} invalid${again}`,
  ].join('\n');
}

/** What the hardenings are that were taken away. */
function meaningsOf(results: readonly Proven[]): readonly string[] {
  const taken = [...new Set(results.flatMap(({ without }) => without ?? []))];
  return taken.length > 0 ? [...taken.map((setting) => `${setting}: ${meaningOf(setting)}`), ''] : [];
}

function lineOf({ rating, profile, target, verdict, score, says }: Proven): string {
  const value = score === undefined ? '  -' : score.toFixed(0).padStart(3);
  return `${rating.padEnd(7)} ${profile} on ${target.padEnd(18)} ${verdict.padEnd(12)} ${value}  ${says}`;
}
