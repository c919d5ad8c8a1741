import { html, type Markup, nothing } from './markup.ts';
import type { Page } from './page.ts';
import { section } from './section.ts';
import { row, table } from './table.ts';

/** What is documented of the incident, beside what these runs measured of the same things. */
export function incident({ runs }: Page): Markup {
  const [first] = runs;
  if (!first) return nothing;
  const { profile } = first.recording.plan;
  const { date, trigger, damage, source, figures } = profile.incident;
  const heads = runs.map(({ recording }) => (runs.length > 1 ? recording.target.name : 'this run'));
  const rows = figures.map(({ what, documented }) => {
    const measured = runs.map(({ score }) => score.figures.find((figure) => figure.what === what)?.measured);
    return row(what, [documented, ...measured.map((figure) => html`<b>${figure ?? 'not measured'}</b>`)]);
  });
  return section(
    'incident',
    `The incident, and ${runs.length > 1 ? 'these runs' : 'this run'}`,
    html`
      <p class="lead">${date}. ${profile.title}: ${trigger}; ${damage}. Documented in “${source}”.</p>
      ${rows.length > 0 && table({ style: 'figures', heads: ['', 'documented', ...heads], bodies: [rows] })}`,
  );
}
