import { html, type Markup, nothing } from './markup.ts';
import type { Page } from './page.ts';
import { list, ofEachRun } from './section.ts';

/** Which tier gave way first, and which of the documented answers to a surge were seen. */
export function surge(page: Page): Markup {
  if (page.runs.every(({ score }) => !score.surge)) return nothing;
  const told = ofEachRun(page, ({ score }) => {
    if (!score.surge) return nothing;
    const { firstTier, countermeasures } = score.surge;
    return html`
      <p>${firstTier?.says ?? 'No tier is seen to have given way'}.</p>
      ${list(countermeasures.map(({ name, status, says }) => html`<b>${name}: ${status}.</b> ${says}.`))}`;
  });
  return html`<h3>The documented answers to the surge</h3>${told}`;
}
