import type { Component, Score } from '../../core/score.ts';
import { percent, points } from '../format.ts';
import { COMPONENTS, VERDICTS } from '../vocabulary.ts';
import { html, type Markup } from './markup.ts';
import type { Shown } from './page.ts';

/** What has to be read in five seconds: the word, the score on its scale, one sentence why; then what S is made of. */
export function verdict({ recording, score }: Shown, many: boolean): Markup {
  const { word, mark, tone, means } = VERDICTS[score.verdict];
  const { name } = recording.target;
  return html`
    <section class="verdict ${tone}" aria-label="Verdict on ${name}">
      ${many && html`<p class="target">${name}</p>`}
      <div class="head">
        <h2><span class="mark" aria-hidden="true">${mark}</span>${word}</h2>
        ${numberOf(score)}
      </div>
      ${scaleOf(score)}
      <p class="because">${score.because}</p>
      ${score.verdict === 'invalid' && html`<p class="means">${word}: ${means}.</p>`}
      ${score.partial !== undefined && html`<p class="means"><b>Not whole.</b> ${score.partial}</p>`}
      <dl class="components">${score.components.map(componentOf)}</dl>
    </section>`;
}

function numberOf({ value }: Score): Markup {
  if (value === undefined) return html`<p class="number none">no score</p>`;
  return html`<p class="number"><span>S</span> ${points(value)} <small>of 100</small></p>`;
}

/** An interval shorter than this, in points, would be drawn as a blot. */
const SHORTEST = 0.5;

/** The score on a line from 0 to 100, with its interval and what is needed to survive. */
function scaleOf({ value, threshold, confidence }: Score): Markup {
  const shows =
    value === undefined ? 'There is no score.' : `${points(value)} of 100; ${threshold} is needed to survive.`;
  const capped = confidence && value !== undefined && value < confidence.low;
  const interval = confidence && !capped && confidence.high - confidence.low >= SHORTEST ? confidence : undefined;
  return html`
    <svg class="scale" role="img" aria-label="${shows}" width="100%" height="44">
      <rect class="whole" width="100%" height="8" y="10" rx="4"/>
      ${value !== undefined && html`<rect class="reached" width="${value}%" height="8" y="10" rx="4"/>`}
      ${interval && html`<line class="interval" x1="${interval.low}%" x2="${interval.high}%" y1="14" y2="14"/>`}
      <line class="needed" x1="${threshold}%" x2="${threshold}%" y1="4" y2="24"/>
      <text x="${threshold}%" y="38">${threshold} to survive</text>
    </svg>`;
}

function componentOf({ name, value }: Component): Markup {
  return html`
    <div>
      <dt>${name}</dt>
      <dd>
        <svg width="100%" height="6" aria-hidden="true">
          <rect class="whole" width="100%" height="6" rx="3"/>
          <rect class="reached" width="${100 * (value ?? 0)}%" height="6" rx="3"/>
        </svg>
        <b>${value === undefined ? 'no data' : percent(value)}</b>
        <span>${COMPONENTS[name]}</span>
      </dd>
    </div>`;
}
