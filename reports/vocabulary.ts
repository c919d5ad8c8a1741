import type { FailureKind } from '../core/failure.ts';
import type { GateName } from '../core/profile.ts';
import type { ComponentName, Gate, Verdict } from '../core/score.ts';

/** How a verdict is shown: readable by word and mark alone, coloured by its tone. */
export interface VerdictWords {
  readonly word: string;
  readonly mark: string;
  readonly tone: Tone;
  readonly means: string;
}

export type Tone = 'good' | 'warn' | 'bad' | 'open';

export const VERDICTS: Readonly<Record<Verdict, VerdictWords>> = {
  survived: { word: 'Survived', mark: '✓', tone: 'good', means: 'it bent and came back' },
  degraded: {
    word: 'Degraded',
    mark: '▲',
    tone: 'warn',
    means: 'nothing broke for good, but people suffered too much',
  },
  died: { word: 'Died', mark: '✕', tone: 'bad', means: 'a gate fired: something broke that must not break' },
  inconclusive: { word: 'Inconclusive', mark: '?', tone: 'open', means: 'too little was covered to say' },
  invalid: { word: 'Invalid', mark: '∅', tone: 'open', means: 'the run proves nothing, for or against the target' },
};

/** What each gate watches over. */
export const GATES: Readonly<Record<GateName, string>> = {
  'not-recovered': 'Recovery',
  'unplanned-death': 'Processes',
  'data-lost': 'Acknowledged data',
  'wrongly-granted': 'Access',
  bystanders: 'Bystanders',
  promises: 'Promises',
};

export const GATE_STATES: Readonly<
  Record<Gate['status'], { readonly mark: string; readonly tone: Tone; readonly word: string }>
> = {
  held: { mark: '✓', tone: 'good', word: 'held' },
  fired: { mark: '✕', tone: 'bad', word: 'fired' },
  'not covered': { mark: '–', tone: 'open', word: 'not covered' },
};

/** What each component of the score measures. */
export const COMPONENTS: Readonly<Record<ComponentName, string>> = {
  absorb: 'quality through the storm',
  recover: 'how soon it was itself again',
  isolate: 'people nobody targeted',
  durable: 'what was acknowledged is there',
  floor: 'its worst moments',
};

/** What people met when they failed. */
export const FAILURES: Readonly<Record<FailureKind, string>> = {
  shed: 'turned away',
  denied: 'denied',
  granted: 'let in where they had to be denied',
  timeout: 'no answer while they waited',
  late: 'served after the deadline',
  refused: 'connection refused',
  reset: 'connection broken',
  unreachable: 'no way to the target',
  status: 'an unexpected status',
  protocol: 'an answer that made no sense',
  poor: 'media below the quality floor',
};

/** The line that frames every report of a demonstration. */
export const DEMONSTRATION = 'DEMONSTRATION: your system was not tested';
