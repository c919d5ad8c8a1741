import { html, type Markup } from './markup.ts';
import { section } from './section.ts';

const TERMS: readonly (readonly [string, string])[] = [
  [
    'S, the survival score',
    '0 to 100: the weighted geometric mean of the components. One that is near zero pulls the whole down.',
  ],
  [
    'Quality (q)',
    'Of the people who were entitled to service in a second, the share that got it in time, against the baseline.',
  ],
  [
    'Entitled',
    'What was offered, but no more than the target’s declared capacity; without one, than its own best of this run.',
  ],
  ['Due', 'The moment somebody arrives. Latency counts from it, so that a stalled target cannot hide its queue.'],
  ['Good', 'Succeeded within the deadline of the class, at whatever attempt.'],
  ['Shed', 'Refused promptly and explicitly: 429, 503, “room full”.'],
  [
    'Dropped',
    'Never started, because the generator had no virtual user to spare: a fault of the generator, not of the target.',
  ],
  ['Pending', 'Still at it when the recording ended; not good yet, and counted so.'],
  [
    'Baseline, storm, recovery',
    'Ordinary load; the incident; ordinary load again, with the surplus and the faults gone.',
  ],
  [
    'Probe',
    'For a target that does not recover: base load is cut further and further, and restored, to see what brings it back.',
  ],
  [
    'Metastable',
    'The overload keeps itself alive: the trigger is gone and the base load alone holds the target down until it is cut.',
  ],
  ['Bystanders', 'People nobody targeted. They ought not to notice.'],
  ['Gate', 'Something that must not happen at all. When one fires, the target died, and S is at most 39.'],
  ['Coverage', 'How much of what was to be judged had data. Missing data is never good news.'],
  [
    'p50, p90, p99',
    'Half, 90 % and 99 % of all people took no longer; whoever never succeeded ranks behind all others.',
  ],
];

/** The words of this page, for people who meet them at three in the morning. */
export function glossary(): Markup {
  const terms = TERMS.map(([term, means]) => html`<div><dt>${term}</dt><dd>${means}</dd></div>`);
  return section('glossary', 'Words', html`<dl class="glossary">${terms}</dl>`);
}
