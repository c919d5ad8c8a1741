import { SURVIVAL } from '../core/constants.ts';
import { spoken } from '../core/duration.ts';
import { disturbanceWords, type Fault, faultName } from '../core/fault.ts';
import { INDICATORS } from '../core/indicator.ts';
import { JOURNEYS } from '../core/journey.ts';
import type { Pace, Plan } from '../core/plan.ts';
import { paced } from '../core/planning/phases.ts';
import type { Mechanism, MediaMeasure, Profile, Promised, Retry, Sign } from '../core/profile.ts';
import { percent } from './format.ts';
import { loadCurve } from './load-curve.ts';

/** The story of a profile: what happened, what is replayed of it, how it is judged, and what a target must offer. */
export function explanation(plan: Plan, width: number): string {
  const { profile } = plan;
  const { incident } = profile;
  return [
    `${profile.name}: ${profile.title}`,
    '',
    `${incident.date}: ${incident.trigger}.`,
    `Damage: ${incident.damage}. Source: ${incident.source}.`,
    ...incident.figures.map(({ what, documented }) => `  ${what}: ${documented}`),
    '',
    `The load, at ${plan.pace} pace`,
    ...loadCurve(plan, Math.min(width, 100)),
    '',
    'The people',
    ...habitLines(plan),
    '',
    'What breaks',
    ...faultLines(plan),
    '',
    'What kills a target',
    ...gateLines(profile),
    '',
    'What proves the mechanism, in the metrics of the target itself',
    ...mechanismLines(profile.mechanism),
    '',
    'What a target must offer',
    ...needLines(profile),
    '',
    `The score, ${SURVIVAL.version}`,
    ...constantLines(plan),
  ].join('\n');
}

function habitLines({ profile, cohorts }: Plan): string[] {
  const { patience, wrongPassword, retries } = profile.habits;
  const impostors = `  ${percent(wrongPassword)} of logins carry a wrong password and must be denied`;
  return [
    `  wait ${patience} for an answer, then:`,
    ...retries.map((retry) => `  ${percent(retry.share).padStart(5)} ${retryWords(retry)}`),
    // Where nobody signs in on the way nobody can have a wrong password.
    ...(cohorts.some(({ role }) => role === 'impostor') ? [impostors] : []),
  ];
}

function retryWords(retry: Retry): string {
  const times = `${retry.attempts} attempts in all`;
  if (retry.kind === 'immediate') return `try again at once, ${times}`;
  if (retry.kind === 'fixed') return `try again after ${retry.delay}, ${times}`;
  const honours = retry.honoursRetryAfter ? ', and honour Retry-After' : '';
  return `back off from ${retry.base} to ${retry.cap} with full jitter, ${times}${honours}`;
}

function faultLines({ profile: { faults }, pace }: Plan): string[] {
  const always = faults.some((fault) => fault.with === undefined);
  const lines = faults.map((fault) => {
    const wanted = fault.with === undefined ? '' : ` (only with --with ${fault.with})`;
    return `  ${faultName(fault)}: ${disturbanceWords(fault.does)}, ${timesOf(fault, pace)}${wanted}`;
  });
  return always ? lines : ['  nothing: the load alone is the disaster', ...lines];
}

/** When it begins and how long it lasts, at the pace of everything else that is told. */
function timesOf({ after, lasting }: Fault, pace: Pace): string {
  const from = paced(after, pace);
  const begins = from === 0 ? 'as the storm begins' : `${spoken(from)} into the storm`;
  return `${begins}, for ${spoken(paced(lasting, pace))}`;
}

const GATES: readonly string[] = [
  'not recovered when the recovery phase ends, with the base load still on',
  'a process nobody targeted ended or restarted',
  'acknowledged data lost',
  'access granted that had to be denied',
];

function gateLines({ scenarios, promises, answers }: Profile): string[] {
  const bystanders = scenarios.some(({ role }) => role === 'bystander');
  return [
    ...GATES.map((gate) => `  ${gate}`),
    ...(bystanders ? [`  bystanders below ${SURVIVAL.bystanderFloor} of their usual quality`] : []),
    ...promises.map((promised) => `  ${promiseWords(promised)}`),
    `The reference target of ${answers.weak} dies by: ${answers.gate}${answers.endings ? ` (${answers.endings.join(', ')})` : ''}; the hardened one survives.`,
  ];
}

function promiseWords(promised: Promised): string {
  const { cohort, atLeast } = promised;
  if ('measure' in promised) return `${MEASURES[promised.measure]} of ${cohort} in fewer than ${percent(atLeast)}`;
  const { class: name, of } = promised;
  return `${name} of ${cohort} succeeds in fewer than ${percent(atLeast)}${of === undefined ? '' : ` of what ${of} had`}`;
}

const MEASURES: Readonly<Record<MediaMeasure, string>> = {
  audio_floor: 'sound is as it must be in the participant-seconds',
  av_skew: `sound and picture are within -${SURVIVAL.skew.late} to +${SURVIVAL.skew.early} ms in the participant-seconds`,
};

function mechanismLines({ says, signs }: Mechanism): string[] {
  return [`  ${says}`, ...signs.map(signLine)];
}

function signLine({ during, indicator, over, atLeast, atMost }: Sign): string {
  const { says: what, unit, kind } = INDICATORS[indicator];
  const whole = over && INDICATORS[over];
  const isShare = whole?.unit === unit;
  const written = (limit: number) => (isShare ? percent(limit) : `${limit} ${unit}`);
  const limits = [
    atLeast === undefined ? [] : `at least ${written(atLeast)}`,
    atMost === undefined ? [] : `at most ${written(atMost)}`,
  ];
  const rate = kind === 'counter' ? ' a second' : '';
  const of = whole ? ` ${isShare ? 'of' : 'for each of the'} ${whole.says}` : '';
  return `    in the ${during}: ${what}, ${limits.flat().join(' and ')}${isShare ? of + rate : rate + of}`;
}

function needLines({ scenarios }: Profile): string[] {
  return scenarios.map(({ name, role, journey }) => {
    const optional = role === 'bystander' ? ', or bystanders are not covered' : '';
    return `  ${name}: ${JOURNEYS[journey].needs.join(', ')}${optional}`;
  });
}

function constantLines({ windows, components, probe }: Plan): string[] {
  const weights = components.map((name) => `${name} ${SURVIVAL.weights[name]}`).join(', ');
  return [
    `  S = 100 * product of components to the power of their weights: ${weights}`,
    `  recovered: ${spoken(windows.stretch)} in which every ${spoken(windows.mean)} mean is at least ${SURVIVAL.recovered}; full marks up to ${spoken(windows.objective)}, none from ${spoken(windows.rto)}`,
    `  floor: ${SURVIVAL.floorPercentile}th percentile of the ${spoken(windows.floor)} mean; survived from ${SURVIVAL.threshold}, a gate caps at ${SURVIVAL.diedCap}`,
    `  probe: ${probeWords(probe)}`,
    `  baseline: median at least ${SURVIVAL.baseline.median}; generator: at most ${percent(SURVIVAL.generator.droppedShare)} dropped, not later than ${SURVIVAL.generator.late} ms in ${percent(SURVIVAL.generator.badSecondsShare)} of the seconds`,
    `  base load at most ${percent(SURVIVAL.mostBaseShare)} of capacity; coverage at least ${SURVIVAL.leastCoverage}; confidence from ${SURVIVAL.confidence.draws} draws`,
  ];
}

function probeWords({ levels, hold, observe }: Plan['probe']): string {
  if (levels.length === 0) return 'none, as there is no base load to cut: nobody can be sent away from a meeting';
  const cuts = levels.map((level) => percent(level)).join(', ');
  return `base load cut to ${cuts}, ${spoken(hold)} each, then restored and observed for ${spoken(observe)}`;
}
