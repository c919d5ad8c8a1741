import { list, number, object, oneOf, type Shape, table, text, whole } from './shape.ts';

/** A day, in milliseconds: no plan is longer. */
const LONGEST = 86_400_000;
const length = number(0, LONGEST);
const rate = number(0);

/** The classes a step can count in. */
export const classShape = oneOf('login', 'create', 'join', 'media', 'chat', 'record', 'search', 'assets', 'ticket');

const signFields = object(
  { during: oneOf('storm', 'recovery'), indicator: text },
  { over: text, atLeast: number(), atMost: number() },
);

/** A sign without a limit would be found in anything. */
const signShape: Shape = (value, at) => {
  const flaws = signFields(value, at);
  if (flaws.length > 0) return flaws;
  const { atLeast, atMost } = value as { atLeast?: number; atMost?: number };
  return atLeast === undefined && atMost === undefined ? [{ at, what: 'has neither atLeast nor atMost' }] : [];
};

const share = object({ class: classShape, cohort: text, atLeast: number(0, 1) }, { of: text });
const ofMedia = object({ measure: oneOf('audio_floor', 'av_skew'), cohort: text, atLeast: number(0, 1) });
const promiseShape: Shape = (value, at) =>
  typeof value === 'object' && value !== null && 'measure' in value ? ofMedia(value, at) : share(value, at);

const profileShape = object({
  name: text,
  title: text,
  incident: object({
    date: text,
    trigger: text,
    damage: text,
    source: text,
    figures: list(object({ what: text, documented: text, measured: text })),
  }),
  promises: list(promiseShape),
  mechanism: object({
    says: text,
    signs: list(signShape),
  }),
});

const scenarioShape = object({
  name: text,
  journey: text,
  cohort: text,
  role: oneOf('base', 'storm', 'bystander'),
  model: oneOf('open', 'closed'),
  curve: list(object({ from: length, to: length, startRate: rate, endRate: rate })),
});

const habitsShape = object({
  patience: length,
  wrongPassword: number(0, 1),
  retries: list(object({ share: number(0, 1), attempts: number(1) })),
  longestRetryDelay: length,
  horizon: length,
});

const phases = list(object({ name: text, from: length, to: length }));

/** No plan lacks one of these; everything right of the recording counts on them. */
const everyPhase: Shape = (value, at) => {
  const flaws = phases(value, at);
  if (flaws.length > 0 || !Array.isArray(value)) return flaws;
  const lacks = (name: string) => !value.some((phase: { name: string }) => phase.name === name);
  return ['baseline', 'storm', 'recovery'].filter(lacks).map((name) => ({ at, what: `has no phase ${name}` }));
};

/** What of a plan a report or a score relies on. */
export const planShape = object({
  version: oneOf('plan/1'),
  profile: profileShape,
  seed: whole(0, Number.MAX_SAFE_INTEGER),
  pace: oneOf('quick', 'natural'),
  scale: number(0),
  phases: everyPhase,
  scenarios: list(scenarioShape),
  uncovered: list(object({ scenario: text, lacks: list(text) })),
  habits: habitsShape,
  classes: list(object({ name: classShape, weight: number(0), deadline: length })),
  cohorts: list(object({ name: text, role: oneOf('primary', 'bystander', 'impostor') })),
  components: list(text),
  capacity: table(number(0)),
  faults: list(object({ fault: object({ service: text, does: object({ kind: text }) }), from: length, to: length })),
  windows: object({ stretch: length, mean: length, objective: length, rto: length, floor: length }),
  probe: object({ levels: list(number(0, 1)), hold: length, observe: length }),
  bounds: object({ arrivals: number(0), peakRate: rate, inFlight: number(0), length }),
});
