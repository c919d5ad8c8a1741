import type { RunEvent } from '../../core/event.ts';
import { classShape, planShape } from './plan-shape.ts';
import { scoreShape } from './score-shape.ts';
import { base64, type Flaw, histogram, list, number, object, oneOf, type Shape, table, text, whole } from './shape.ts';

/** What keeps an object out of a file from being an event of recording/1, by path inside it. */
export function mistakesOfEvent(event: Readonly<Record<string, unknown>>): readonly Flaw[] {
  const { kind } = event;
  const known = typeof kind === 'string' && Object.hasOwn(SHAPES, kind);
  if (!known)
    return [{ at: 'kind', what: `is none of recording/1: ${JSON.stringify(kind)?.slice(0, 40) ?? 'missing'}` }];
  return SHAPES[kind as RunEvent['kind']](event, '');
}

/** Two days in seconds: no run is longer than one, and whatever counts seconds stays bounded. */
const LONGEST = 172_800;
const count = number(0);
const at = number(-LONGEST * 1_000, LONGEST * 1_000);
const second = whole(-LONGEST, LONGEST);
const key = { second, scenario: text, class: classShape, cohort: text };

const targetShape = object(
  {
    name: text,
    operations: list(text),
    capacity: table(count),
    metrics: list(object({ name: text, url: text, indicators: list(text) }, { oldest: count })),
  },
  { alongside: oneOf(true) },
);

const machineShape = object({
  stormtest: text,
  node: text,
  platform: text,
  cpu: text,
  cores: count,
  memoryBytes: count,
});

/** What comes late makes up for what was missed before: losses are signed. */
const streamShape = object({ packets: count, lost: number() });

const browsersShape = object({
  ...{ participants: count, held: count, frozen: count, watched: count },
  ...{ audio: streamShape, video: streamShape },
});

const comingsShape = object({
  ...{ admitted: count, lost: count, moved: count },
  ...{ attempts: count, first: count, back: count },
});

const SHAPES: { readonly [Kind in RunEvent['kind']]: Shape } = {
  opened: object({ startedAt: text, plan: planShape, target: targetShape, machine: machineShape }),
  phase: object(
    { at, name: oneOf('warm-up', 'baseline', 'storm', 'recovery', 'probe', 'verification') },
    { level: number(0, 1), step: oneOf('hold', 'observe') },
  ),
  bin: object({
    ...key,
    offered: count,
    good: count,
    first: count,
    eventual: count,
    shed: count,
    dropped: count,
    failed: table(count),
    attempts: count,
    latency: histogram,
  }),
  traffic: object({ ...key, attempts: count, succeeded: count, failed: table(count), duration: histogram }),
  media: object(
    {
      ...{ second, scenario: text, cohort: text, participants: count, held: count, breaches: table(count) },
      ...{ audio: streamShape, video: streamShape, bytesReceived: count, bytesSent: count },
      ...{ freezes: count, frozen: count, watched: count },
      ...{ jitter: histogram, roundTrip: histogram, audioDelay: histogram, videoDelay: histogram },
      ...{ early: histogram, late: histogram, mos: histogram },
    },
    { comings: comingsShape, entries: table(histogram), decoded: count, browsers: browsersShape, discarded: count },
  ),
  health: object(
    {
      second,
      worker: number(-1),
      due: count,
      started: count,
      dropped: count,
      late: histogram,
      lag: count,
      inFlight: count,
      sockets: count,
    },
    {
      cpu: count,
      memory: count,
      machine: object({ busy: count, stolen: count }, { others: count }),
      clockDrift: number(),
    },
  ),
  scrape: object(
    { at, source: text, up: oneOf(0, 1), took: count, indicators: table(number()), series: table(number()) },
    { error: text },
  ),
  fault: object({
    at,
    fault: count,
    state: oneOf('applied', 'proven', 'not proven', 'lifted', 'not lifted', 'not injected'),
    says: text,
  }),
  death: object({ at, process: text, says: text }),
  ledger: object({
    at,
    invariant: text,
    acknowledged: count,
    checked: count,
    held: count,
    broken: list(text),
    unanswered: count,
  }),
  note: object({ at, says: text }),
  picture: object({ at, why: oneOf('storm', 'failure'), says: text, jpeg: base64 }),
  closed: object({ at, reason: oneOf('completed', 'interrupted', 'halted', 'failed') }, { says: text }),
  score: object({ score: scoreShape }),
};
