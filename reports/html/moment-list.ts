import { html, type Markup, nothing } from './markup.ts';
import { type Moment, type Moments, momentsOf } from './moments.ts';
import type { Page } from './page.ts';

/** The moments the plot above marks by letters, in words. */
export function momentList({ runs }: Page): Markup {
  const lists = runs.map(({ recording, score }) => momentsOf(recording, score));
  if (lists.every(({ moments }) => moments.length === 0)) return nothing;
  return html`<div class="runs moments">${lists.map(listOf)}</div>`;
}

function listOf({ moments, left }: Moments): Markup {
  return html`<ol>${moments.map(momentOf)}${left > 0 && html`<li>${left} more are in the recording.</li>`}</ol>`;
}

function momentOf({ letter, second, says }: Moment): Markup {
  return html`<li><b>${letter}</b> ${Math.round(second)} s: ${says}</li>`;
}
