import { moment } from '../format.ts';
import { sizeOf } from '../size.ts';
import { html, type Markup, nothing } from './markup.ts';
import type { Page } from './page.ts';

/** What this page is about, in one line. */
export function masthead({ runs }: Page): Markup {
  const [first] = runs;
  if (!first) return nothing;
  const { plan, startedAt } = first.recording;
  const targets = runs.map(({ recording }) => recording.target.name).join(' and ');
  return html`
    <header>
      <h1>${plan.profile.name} <span>on ${targets}</span></h1>
      <p>${moment(startedAt)} · ${[`${plan.pace} pace`, ...sizeOf(plan), `seed ${plan.seed}`].join(' · ')}</p>
    </header>`;
}
