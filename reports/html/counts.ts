import { amount, count, latency, percent } from '../format.ts';
import { countsOf } from '../json/counts.ts';
import type { JsonCounts } from '../json/report.ts';
import { html, type Markup } from './markup.ts';
import type { Page, Shown } from './page.ts';
import { section } from './section.ts';
import { table } from './table.ts';

const HEADS = [
  'phase',
  'class',
  'cohort',
  'offered',
  'good',
  'shed',
  'failed',
  'dropped',
  'at first',
  'in the end',
  'attempts',
  'p50',
  'p90',
  'p99',
] as const;

/** What became of everybody in figures: a row for each phase, class and cohort. */
export function counts({ runs }: Page): Markup {
  return section(
    'counts',
    'In figures',
    html`
      <p class="lead">
        People by when they were due, and the shares of them. Attempts are per person. Latency counts from due; whoever never
        succeeded ranks behind everybody who did.
      </p>
      ${runs.map((run) => tableOf(run, runs.length > 1))}`,
  );
}

function tableOf({ recording }: Shown, many: boolean): Markup {
  const rows = countsOf(recording);
  const phases = [...new Set(rows.map(({ phase }) => phase))];
  const bodies = phases.map((phase) => bodyOf(rows.filter((row) => row.phase === phase)));
  return table({ style: 'counts', caption: many ? recording.target.name : undefined, heads: HEADS, bodies });
}

/** The rows of one phase, which is named once. */
function bodyOf(rows: readonly JsonCounts[]): Markup[] {
  return rows.map((row, place) => {
    const phase = place === 0 && html`<th scope="rowgroup" rowspan="${rows.length}">${row.phase}</th>`;
    const names = html`<th scope="row">${row.class}</th><th scope="row">${row.cohort}</th>`;
    return html`<tr>${phase}${names}${cellsOf(row).map((cell) => html`<td>${cell}</td>`)}</tr>`;
  });
}

function cellsOf(row: JsonCounts): string[] {
  const share = (part: number) => (row.offered > 0 ? percent(part / row.offered) : '–');
  const { p50, p90, p99 } = row.latency;
  const people = [row.good, row.shed, row.failed, row.dropped, row.firstAttempt, row.eventual];
  return [
    count(row.offered),
    ...people.map(share),
    row.attemptsPerArrival === null ? '–' : amount(row.attemptsPerArrival),
    ...[p50, p90, p99].map((percentile) => (percentile ? latency(percentile) : '–')),
  ];
}
