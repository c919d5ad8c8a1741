import { SURVIVAL } from '../core/constants.ts';
import { derivedSeed, sequence } from '../core/random.ts';
import type { Interval } from '../core/score.ts';
import { binomial } from './binomial.ts';
import { survival } from './components/survival.ts';
import { componentValues } from './components/values.ts';
import { type Measured, type Strips, tracesOf } from './measured.ts';
import { percentile } from './percentile.ts';
import { percent } from './spoken.ts';
import type { Strip } from './strip.ts';
import type { PhaseStrips } from './trace.ts';

/**
 * How far S (before the cap) may be off by chance alone: each second's good people of each class are drawn again,
 * binomially, 2,000 times, and everything is computed again from them. What was offered, the entitlements and the
 * ledgers stay as they are. It says nothing of how runs differ from one another.
 */
export function confidenceOf(measured: Measured): Interval | undefined {
  const { draws, level } = SURVIVAL.confidence;
  const random = sequence(derivedSeed(measured.recording.plan.seed, 'confidence'));
  const scores: number[] = [];
  for (let index = 0; index < draws; index += 1) {
    const traces = tracesOf(drawnAgain(measured.strips, random));
    const value = survival(componentValues(measured, traces));
    if (value !== undefined) scores.push(value);
  }
  const outside = (100 * (1 - level)) / 2;
  const [low, high] = [percentile(scores, outside), percentile(scores, 100 - outside)];
  if (low === undefined || high === undefined) return undefined;
  return {
    low,
    high,
    says: `measurement error only: ${percent(level)} of ${draws.toLocaleString('en')} resamplings of this run`,
  };
}

function drawnAgain({ primary, bystanders }: Strips, random: () => number): Strips {
  const again = (strips: readonly Strip[]) =>
    strips.map((strip) => ({
      ...strip,
      good: strip.good.map((good, i) => drawn(random, strip.offered[i] ?? 0, good)),
    }));
  const phases = ({ baseline, storm, recovery }: PhaseStrips): PhaseStrips => ({
    baseline: again(baseline),
    storm: again(storm),
    recovery: again(recovery),
  });
  return { primary: phases(primary), bystanders: bystanders.map((one) => ({ name: one.name, ...phases(one) })) };
}

function drawn(random: () => number, offered: number, good: number): number {
  return binomial(random, offered, offered > 0 ? good / offered : 0);
}
