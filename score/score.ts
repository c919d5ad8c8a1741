import { SURVIVAL } from '../core/constants.ts';
import type { Recording } from '../core/recording.ts';
import type { Score } from '../core/score.ts';
import { agreementsOf } from './agreement.ts';
import { bottleneckOf } from './bottleneck.ts';
import { componentsOf } from './components/components.ts';
import { survival } from './components/survival.ts';
import { confidenceOf } from './confidence.ts';
import { coverageOf } from './coverage.ts';
import { figuresOf } from './figures.ts';
import { gatesOf } from './gates/gates.ts';
import { measure } from './measured.ts';
import { mechanismOf } from './mechanism.ts';
import { qualityPoints } from './quality-points.ts';
import { surgeOf } from './surge/surge.ts';
import { partOf } from './validity/interrupted.ts';
import { reasonsAgainst } from './validity/validity.ts';
import { verdictOf } from './verdict.ts';

/**
 * Judges a recording by survival/1. Pure: the same recording always has the same score. A run with a reason against it
 * has no value, even when a gate that outranks invalidity makes it `died`.
 */
export function score(recording: Recording): Score {
  const measured = measure(recording);
  const { entitlements, recoveredAfter } = measured;
  const mechanism = mechanismOf(recording);
  const components = componentsOf(measured);
  const gates = gatesOf(measured, mechanism);
  const validity = reasonsAgainst(measured);
  const agreements = agreementsOf(recording);
  const coverage = coverageOf(measured, components, agreements);
  const valid = validity.length === 0;
  const uncapped = valid ? survival(components.map(({ name, value }) => [name, value])) : undefined;
  const surge = surgeOf(recording);
  const fired = gates.some(({ status }) => status === 'fired');
  return {
    version: SURVIVAL.version,
    ...verdictOf({ gates, validity, coverage, components, uncapped, recoveredAfter }),
    value: uncapped === undefined ? undefined : Math.min(uncapped, fired ? SURVIVAL.diedCap : 100),
    uncapped,
    threshold: SURVIVAL.threshold,
    components,
    gates,
    validity,
    coverage,
    confidence: valid ? confidenceOf(measured) : undefined,
    entitlements,
    mechanism,
    bottleneck: bottleneckOf(recording),
    ...(surge && { surge }),
    agreement: agreements.map(({ class: name, target, client, agrees }) => ({ class: name, target, client, agrees })),
    figures: figuresOf(measured),
    recoveredAfter: recoveredAfter === undefined ? undefined : recoveredAfter / 1_000,
    quality: qualityPoints(measured),
    partial: partOf(recording),
  };
}
