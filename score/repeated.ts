import { SURVIVAL } from '../core/constants.ts';
import type { Bounds, Repeated, Score } from '../core/score.ts';
import { isBelow } from './below.ts';
import { mean, median } from './percentile.ts';
import { normalQuantile, studentQuantile } from './quantile.ts';
import { counted, points } from './spoken.ts';

/** Judges several runs together: survived only if the interval clears the threshold and no gate fired in any run. */
export function repeated(scores: readonly Score[]): Repeated {
  const values = scores.flatMap(({ uncapped }) => uncapped ?? []);
  const interval = studentInterval(values);
  const survived = scores.filter(({ verdict }) => verdict === 'survived').length;
  return {
    runs: scores.length,
    ...judged(scores, interval),
    values,
    median: median(values),
    least: values.length > 0 ? Math.min(...values) : undefined,
    interval,
    survived,
    passRate: { share: scores.length > 0 ? survived / scores.length : 0, ...wilson(survived, scores.length) },
  };
}

function judged(scores: readonly Score[], interval: Bounds | undefined): Pick<Repeated, 'verdict' | 'because'> {
  const died = scores.filter(({ verdict }) => verdict === 'died');
  const proving = scores.filter(({ verdict }) => verdict !== 'invalid');
  const wasted = scores.length - proving.length;
  const of = `${proving.length} of ${counted(scores.length, 'run')}`;
  const apart = wasted > 0 ? ` (${counted(wasted, 'run')} proved nothing)` : '';
  const [only] = proving;
  if (died.length > 0)
    return {
      verdict: 'died',
      because: `A gate fired in ${died.length} of ${counted(scores.length, 'run')}${apart}: ${died[0]?.because}`,
    };
  if (!only)
    return {
      verdict: 'invalid',
      because: `No run proves anything${scores[0] ? `: ${scores[0].because}` : ': there is none.'}`,
    };
  if (proving.some(({ verdict }) => verdict === 'inconclusive'))
    return { verdict: 'inconclusive', because: `Not all of ${of} could be judged${apart}: too little was covered.` };
  if (!interval)
    return { verdict: only.verdict, because: `n = 1${apart}, so nothing is known of how runs differ: ${only.because}` };
  return againstThreshold(interval, `n = ${proving.length}${apart}`);
}

function againstThreshold({ low, high }: Bounds, n: string): Pick<Repeated, 'verdict' | 'because'> {
  const { threshold } = SURVIVAL;
  const measured = `${n}: the mean of S lies between ${points(low)} and ${points(high)}`;
  if (!isBelow(low, threshold))
    return { verdict: 'survived', because: `${measured}, above ${threshold}, and no gate fired.` };
  if (isBelow(high, threshold))
    return { verdict: 'degraded', because: `${measured}, below ${threshold}; no gate fired.` };
  return { verdict: 'inconclusive', because: `${measured}, on both sides of ${threshold}: more runs are needed.` };
}

function studentInterval(values: readonly number[]): Bounds | undefined {
  const [n, centre] = [values.length, mean(values)];
  if (centre === undefined || n < 2) return undefined;
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (n - 1);
  const reach = studentQuantile((1 + SURVIVAL.confidence.level) / 2, n - 1) * Math.sqrt(variance / n);
  return { low: centre - reach, high: centre + reach };
}

/** Wilson's score interval (1927) of a share; everything is possible when nothing was tried. */
export function wilson(hits: number, tries: number): Bounds {
  if (tries === 0) return { low: 0, high: 1 };
  const z = normalQuantile((1 + SURVIVAL.confidence.level) / 2);
  const [share, spread] = [hits / tries, (z * z) / tries];
  const centre = (share + spread / 2) / (1 + spread);
  const reach = Math.sqrt((share * (1 - share) * z * z) / tries + (spread * spread) / 4) / (1 + spread);
  return { low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
}
