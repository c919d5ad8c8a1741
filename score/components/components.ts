import { SURVIVAL } from '../../core/constants.ts';
import type { Component, ComponentName } from '../../core/score.ts';
import type { Measured } from '../measured.ts';
import { counted, percent, seconds } from '../spoken.ts';
import { bystanderMeans } from './isolate.ts';
import { componentValues } from './values.ts';

/** The components of the score, each with its value and what that means. */
export function componentsOf(measured: Measured): Component[] {
  return componentValues(measured, measured.traces).map(([name, value]) => ({
    name,
    weight: SURVIVAL.weights[name],
    value,
    says: value === undefined ? `no data for ${SUBJECTS[name]}` : SAYINGS[name](value, measured),
  }));
}

const SUBJECTS: Readonly<Record<ComponentName, string>> = {
  absorb: 'the quality in the storm',
  recover: 'the recovery',
  isolate: 'the bystanders in the storm',
  durable: 'what the target acknowledged',
  floor: 'the worst of storm and recovery',
};

const SAYINGS: Readonly<Record<ComponentName, (value: number, measured: Measured) => string>> = {
  absorb: (value) => `${percent(value)} of the baseline's quality was left, on average, during the storm`,
  recover: (_, { recoveredAfter, recording }) => {
    const { objective, rto } = recording.plan.windows;
    const limits = `objective ${seconds(objective)}, RTO ${seconds(rto)}`;
    if (recoveredAfter === undefined) return `not recovered at the end of the recovery phase (${limits})`;
    return `recovered ${seconds(recoveredAfter)} after the storm (${limits})`;
  },
  isolate: (value, { traces }) => {
    const means = bystanderMeans(traces);
    const silent = means.filter(({ quality }) => quality === undefined).map(({ name }) => name);
    const says = `bystanders kept ${percent(value)} of their quality in the storm (10th percentile of ${counted(means.length - silent.length, 'cohort')})`;
    return silent.length > 0 ? `${says}; no data of ${silent.join(', ')}` : says;
  },
  durable: (value, { recording }) => {
    const answered = recording.ledgers.reduce((sum, { checked, unanswered }) => sum + checked - unanswered, 0);
    return `${percent(value)} of ${counted(answered, 'check')} found what the target had acknowledged`;
  },
  floor: (value, { recording }) =>
    `in its worst ${seconds(recording.plan.windows.floor)} (5th percentile) the target kept ${percent(value)} of its quality`,
};
