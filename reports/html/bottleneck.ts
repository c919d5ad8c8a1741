import { html, type Markup, nothing } from './markup.ts';
import type { Page } from './page.ts';
import { list, ofEachRun } from './section.ts';

/** What the target's own metrics say of where work piled up. */
export function bottleneck(page: Page): Markup {
  if (page.runs.every(({ score }) => score.bottleneck.length === 0)) return nothing;
  const piled = ofEachRun(page, ({ score }) =>
    score.bottleneck.length > 0
      ? list(
          score.bottleneck.map(({ says }) => says),
          'piled',
        )
      : html`<p>Nothing rose above the baseline.</p>`,
  );
  return html`<h3>Where work piled up</h3>${piled}`;
}
