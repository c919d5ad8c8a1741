import { SURVIVAL } from '../core/constants.ts';
import { phaseOf } from '../core/plan.ts';
import type { Measurement } from '../core/profile.ts';
import type { FigureBeside } from '../core/score.ts';
import { highestMean } from './entitlement.ts';
import type { Measured } from './measured.ts';
import { mean } from './percentile.ts';
import { lastFinalSecond } from './phases.ts';
import { degradedVideo } from './pictures.ts';
import { highestRung } from './rungs.ts';
import { percent, seconds } from './spoken.ts';
import type { Strip } from './strip.ts';
import { countIn } from './tally.ts';

/** The documented figures of the incident, each beside what this run measured of the same thing. */
export function figuresOf(measured: Measured): FigureBeside[] {
  const { figures } = measured.recording.plan.profile.incident;
  return figures.map(({ what, documented, measured: name }) => ({
    what,
    documented,
    measured: MEASUREMENTS[name](measured) ?? 'not measured',
  }));
}

const MEASUREMENTS: Readonly<Record<Measurement, (measured: Measured) => string | undefined>> = {
  'load-factor': ({ strips }) => {
    const before = mean(added(strips.primary.baseline, 'offered'));
    const storm = added(strips.primary.storm, 'offered');
    if (!before || storm.length === 0) return undefined;
    return `${(highestMean(storm, SURVIVAL.selfRelativeWindow / 1_000) / before).toFixed(1)}x`;
  },
  'served-share': ({ strips }) => {
    const offered = sum(added(strips.primary.storm, 'offered'));
    return offered > 0 ? percent(sum(added(strips.primary.storm, 'good')) / offered) : undefined;
  },
  'served-by-cohort': ({ recording, phases }) => {
    const came = recording.plan.scenarios.filter(({ role, model }) => role === 'storm' && model === 'open');
    const shares = [...new Set(came.map(({ cohort }) => cohort))].flatMap((cohort) => {
      const { offered, good } = countIn(recording, phases.storm, (bin) => bin.cohort === cohort);
      return offered > 0 ? [`${cohort} ${percent(good / offered)}`] : [];
    });
    return shares.length > 0 ? shares.join(', ') : undefined;
  },
  'highest-rung': ({ recording }) => highestRung(recording),
  'degraded-video': ({ recording, phases }) => degradedVideo(recording, phases),
  'damage-lasted': ({ recoveredAfter, phases, recording }) => {
    if (recoveredAfter !== undefined) return seconds(recoveredAfter);
    if (!phases.storm.whole) return undefined;
    const recovery = phaseOf(recording.plan, 'recovery');
    const seen = Math.min(recovery.to, lastFinalSecond(recording) * 1_000) - recovery.from;
    return `not over when the ${phases.recovery.whole ? 'recovery' : 'recording'} ended, ${seconds(Math.max(0, seen))} later`;
  },
};

/** The counts of all classes together, second by second. */
function added(strips: readonly Strip[], what: 'offered' | 'good'): number[] {
  const length = strips[0]?.[what].length ?? 0;
  return Array.from({ length }, (_, second) => sum(strips.map((strip) => strip[what][second] ?? 0)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
