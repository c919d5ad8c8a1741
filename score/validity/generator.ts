import { SURVIVAL } from '../../core/constants.ts';
import type { Health } from '../../core/event.ts';
import { Histogram } from '../../core/histogram.ts';
import { type MachineUse, takenOf } from '../../core/machine-use.ts';
import type { Recording } from '../../core/recording.ts';
import type { Reason } from '../../core/score.ts';
import type { Measured } from '../measured.ts';
import { mean } from '../percentile.ts';
import { scoredSpan } from '../phases.ts';
import { eachSecond, isInSpan, type Span } from '../span.ts';
import { counted, number, percent } from '../spoken.ts';
import { usesIn } from './machine.ts';

/** A generator that cannot keep to the plan measures itself: dropped or late arrivals, or a loop that was away. */
export function generatorSaturated({ recording, phases }: Measured): Reason[] {
  const strain = strainIn(recording, scoredSpan(phases));
  if (!strain.saturated) return [];
  const says = `the generator could not keep up${strain.says}`;
  return [{ name: 'generator-saturated', says, environmental: true }];
}

/** What a stretch of time asked of the generator. */
export interface Strain {
  readonly saturated: boolean;
  /** What was seen, to be put behind a sentence. */
  readonly says: string;
}

/**
 * How hard a stretch of time was on the generator. The main thread makes no load; it counts only where it is all there is.
 */
export function strainIn(recording: Recording, span: Span): Strain {
  const { health } = recording;
  const within = health.filter(({ second }) => isInSpan(span, second));
  const [due, dropped] = [total(within, 'due'), total(within, 'dropped')];
  const workers = new Set(health.map(({ worker }) => worker).filter((worker) => worker >= 0));
  const told = bySecond(within.filter(({ worker }) => worker >= 0 || workers.size === 0));
  const seconds =
    within.length > 0 ? eachSecond(span, (second) => secondOf(second, told.get(second) ?? [], workers)) : [];
  const bad = seconds.filter(({ cause }) => cause !== undefined);
  const { droppedShare, badSecondsShare } = SURVIVAL.generator;
  const drops = dropped > droppedShare * due;
  const late = bad.length > badSecondsShare * seconds.length;
  const causes = [
    ...(drops
      ? [
          `${percent(dropped / due)} of its arrivals had no virtual user to spare (${number(dropped)} of ${number(due)})`,
        ]
      : []),
    ...(late ? [`${counted(bad.length, 'second')} of ${seconds.length} were late, the worst: ${worstOf(bad)}`] : []),
  ];
  const said = [...causes, ...machineIn(usesIn(recording, span))].join('; ');
  return { saturated: drops || late, says: said === '' ? '' : `: ${said}` };
}

interface GeneratorSecond {
  readonly second: number;
  /** In milliseconds; infinite when a worker told nothing. */
  readonly away: number;
  readonly cause: string | undefined;
}

/** All workers of a second as one: lateness put together, the longest lag. A worker that is silent was away. */
function secondOf(second: number, own: readonly Health[], workers: ReadonlySet<number>): GeneratorSecond {
  const told = new Set(own.map(({ worker }) => worker));
  const silent = [...workers].filter((worker) => !told.has(worker)).length;
  if (own.length === 0 || silent > 0) return { second, away: Number.POSITIVE_INFINITY, cause: 'no sign of life' };
  const late = new Histogram();
  for (const report of own) late.merge(report.late);
  const lateness = (late.quantile(0.99) ?? 0) / 1_000;
  const lag = Math.max(...own.map((report) => report.lag));
  const limit = SURVIVAL.generator.late;
  const away = Math.max(lateness, lag);
  if (away <= limit) return { second, away, cause: undefined };
  const cause = lateness >= lag ? `arrivals ${number(lateness)} ms late (p99)` : `its loop away for ${number(lag)} ms`;
  return { second, away, cause };
}

function bySecond(health: readonly Health[]): Map<number, Health[]> {
  const seconds = new Map<number, Health[]>();
  for (const report of health) {
    const own = seconds.get(report.second);
    if (own) own.push(report);
    else seconds.set(report.second, [report]);
  }
  return seconds;
}

function worstOf(bad: readonly GeneratorSecond[]): string {
  const worst = bad.toSorted((a, b) => b.away - a.away)[0];
  return worst ? `${worst.cause} at ${worst.second} s` : '';
}

function machineIn(uses: readonly MachineUse[]): string[] {
  const [busy, taken] = [mean(uses.map((each) => each.busy)), mean(uses.map(takenOf))];
  if (busy === undefined || taken === undefined) return [];
  return [`its machine was ${percent(busy)} busy on average, and ${percent(taken)} of it was taken away by others`];
}

function total(health: readonly Health[], what: 'due' | 'dropped'): number {
  return health.reduce((sum, report) => sum + report[what], 0);
}
