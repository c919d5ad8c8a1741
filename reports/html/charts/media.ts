import type { MergedMedia } from '../../../core/media-sums.ts';
import { amount, percent, sentence } from '../../format.ts';
import { least, most } from '../../mean.ts';
import type { Layer, Line } from '../../plot/layer.ts';
import { peakOf, type Values, valuesOf } from '../../plot/resolution.ts';
import { linearScale } from '../../plot/scale.ts';
import { type MediaSummary, summaryOf } from '../../series/media.ts';
import { ofRole } from '../../series/people.ts';
import { html, type Markup, nothing } from '../markup.ts';
import type { Page, Shown } from '../page.ts';
import { drawnChart } from './chart.ts';

interface Gauge {
  readonly id: string;
  readonly title: string;
  readonly reading: string;
  readonly format: (value: number) => string;
  readonly pick: (summary: MediaSummary) => number | undefined;
  readonly limit?: { readonly value: number; readonly label: string };
  /** Whether the least value is the worst. */
  readonly low?: boolean;
}

const GAUGES: readonly Gauge[] = [
  {
    id: 'media-mos',
    title: 'What it sounds like',
    reading: 'mos_est that 95 % of the participants have or better, 1 to 4.5',
    format: amount,
    pick: ({ mosP5 }) => mosP5,
    limit: { value: 4, label: 'good' },
    low: true,
  },
  {
    id: 'media-loss',
    title: 'Lost sound',
    reading: 'share of its packets, before any repair',
    format: percent,
    pick: ({ audioLoss }) => audioLoss,
    limit: { value: 0.1, label: 'poor' },
  },
  {
    id: 'media-freezes',
    title: 'Pictures that stand still',
    reading: 'share of the time there is one: freeze_est, on complete frames',
    format: percent,
    pick: ({ freezeRatio }) => freezeRatio,
  },
  {
    id: 'media-decoded',
    title: 'Decoded frames',
    reading: 'frames a second that the browser of a participant made of pictures',
    format: amount,
    pick: ({ decoded }) => decoded,
    low: true,
  },
  {
    id: 'media-bitrate',
    title: 'Bitrate',
    reading: 'kbit a second that one participant receives',
    format: amount,
    pick: ({ received }) => (received === undefined ? undefined : received / 1_000),
  },
];

/** What media participants measured, second by second; nothing where nobody had media. */
export function mediaCharts(page: Page): Markup {
  if (page.runs.every(({ recording }) => recording.media.length === 0)) return nothing;
  const runs = page.runs.map((run) => ({ run, groups: groupsOf(run) }));
  // Who has no browser decodes nothing.
  const decodes = page.runs.some(({ recording }) => recording.media.some(({ decoded }) => decoded !== undefined));
  const gauges = GAUGES.filter(({ id }) => decodes || id !== 'media-decoded');
  return html`
    <h3>What they heard and saw <small>measured by every participant on the packets that came</small></h3>
    <div class="multiples">${gauges.map((gauge) => gaugeChart(page, runs, gauge))}</div>`;
}

/** What the people of a role measured, and how that is drawn. */
interface Group {
  readonly stroke: Omit<Line, 'values'>;
  readonly seconds: readonly (readonly [second: number, summary: MediaSummary])[];
}

function gaugeChart(page: Page, runs: readonly { run: Shown; groups: readonly Group[] }[], gauge: Gauge): Markup {
  const { id, title, reading, format, limit, pick } = gauge;
  const drawings = runs.map(({ run, groups }) => {
    const lines = groups.map(({ stroke, seconds }) => ({
      ...stroke,
      values: valuesOf(seconds.map(([second, summary]) => [second, pick(summary)])),
    }));
    const known = lines.some(({ values }) => values.some((value) => value !== undefined));
    const layers: Layer[] = known ? [...lines, ...(limit ? [{ is: 'rule', ...limit } as const] : [])] : [];
    const readings = lines.map(({ name, values }) => ({ name, values, format }));
    return { run, finding: findingOf(lines, gauge), layers, readings };
  });
  const peak = peakOf(drawings.flatMap(({ readings }) => readings.map(({ values }) => values)));
  const top = Math.max(peak, limit ? limit.value * 1.2 : 0, 1e-3);
  return drawnChart(page, { id, title, reading, scale: linearScale(top, format), height: 96, small: true, drawings });
}

function groupsOf({ recording }: Shown): Group[] {
  const strokes = {
    primary: { is: 'line', name: 'the people of the storm', ink: 'good', dash: 'solid' },
    bystander: { is: 'line', name: 'bystanders', ink: 'third', dash: 'dashed' },
  } as const;
  return (['primary', 'bystander'] as const).flatMap((role) => {
    const seconds = new Map<number, MergedMedia[]>();
    for (const one of ofRole(recording, role, recording.media))
      seconds.set(one.second, [...(seconds.get(one.second) ?? []), one]);
    if (seconds.size === 0) return [];
    return [
      { stroke: strokes[role], seconds: [...seconds].map(([second, told]) => [second, summaryOf(told)] as const) },
    ];
  });
}

function findingOf(
  lines: readonly { readonly name: string; readonly values: Values }[],
  { format, low }: Gauge,
): string {
  const told = lines.flatMap(({ name, values }) => {
    const known = values.flatMap((value) => value ?? []);
    const worst = low ? least(known) : most(known);
    return worst === undefined ? [] : [`${name}: ${low ? 'at least' : 'at most'} ${format(worst)}`];
  });
  return sentence(told.length === 0 ? 'not measured' : told.join('; '));
}
