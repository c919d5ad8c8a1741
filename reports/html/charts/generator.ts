import { SURVIVAL } from '../../../core/constants.ts';
import { spoken } from '../../../core/duration.ts';
import { takenOf } from '../../../core/machine-use.ts';
import { percent, sentence } from '../../format.ts';
import { most } from '../../mean.ts';
import type { Layer, Line } from '../../plot/layer.ts';
import { peakOf, type Values, valuesOf } from '../../plot/resolution.ts';
import { linearScale } from '../../plot/scale.ts';
import { type HealthSecond, healthBySecond } from '../../series/health.ts';
import { html, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { drawnChart } from './chart.ts';

interface Gauge {
  readonly id: string;
  readonly title: string;
  readonly reading: string;
  readonly format: (value: number) => string;
  readonly limit?: { readonly value: number; readonly label: string };
  readonly lines: readonly { readonly name: string; readonly pick: (second: HealthSecond) => number | undefined }[];
}

const { late, droppedShare } = SURVIVAL.generator;

const GAUGES: readonly Gauge[] = [
  {
    id: 'lateness',
    title: 'Lateness',
    reading: 'from due to the first attempt, 99th percentile',
    format: spoken,
    limit: { value: late, label: `limit ${spoken(late)}` },
    lines: [{ name: 'late', pick: (second) => second.late }],
  },
  {
    id: 'lag',
    title: 'Event-loop lag',
    reading: 'the longest any worker was away',
    format: spoken,
    limit: { value: late, label: `limit ${spoken(late)}` },
    lines: [{ name: 'lag', pick: ({ lag }) => lag }],
  },
  {
    id: 'dropped',
    title: 'Dropped arrivals',
    reading: 'share of those due that found no virtual user',
    format: percent,
    limit: { value: droppedShare, label: `limit ${percent(droppedShare)} of all` },
    lines: [{ name: 'dropped', pick: ({ due, dropped }) => (due > 0 ? dropped / due : undefined) }],
  },
  {
    id: 'machine',
    title: 'Processors',
    reading: 'share of the machine that was busy, or taken by others',
    format: percent,
    lines: [
      { name: 'busy', pick: ({ machine }) => machine?.busy },
      { name: 'taken by others', pick: ({ machine }) => machine && takenOf(machine) },
    ],
  },
];

/** The generator beside its limits: whether the run is to be believed. */
export function generatorCharts(page: Page): Markup {
  return html`<div class="multiples">${GAUGES.map((gauge) => gaugeChart(page, gauge))}</div>`;
}

function gaugeChart(page: Page, gauge: Gauge): Markup {
  const { id, title, reading, format, limit, lines } = gauge;
  const drawings = page.runs.map((run) => {
    const health = healthBySecond(run.recording.health);
    const drawn = lines.map(({ name, pick }, place) =>
      strokeOf(name, valuesOf(health.map((one) => [one.second, pick(one)])), place),
    );
    const known = drawn.some(({ values }) => values.some((value) => value !== undefined));
    const layers: Layer[] = known ? [...drawn, ...(limit ? [{ is: 'rule', ...limit } as const] : [])] : [];
    const readings = drawn.map(({ name, values }) => ({ name, values, format }));
    return { run, finding: findingOf(drawn, format), layers, readings };
  });
  const peak = peakOf(drawings.flatMap(({ readings }) => readings.map(({ values }) => values)));
  const top = Math.max(peak, limit ? limit.value * 1.2 : 1);
  return drawnChart(page, { id, title, reading, scale: linearScale(top, format), height: 96, small: true, drawings });
}

function strokeOf(name: string, values: Values, place: number): Line {
  const stroke = place === 0 ? ({ ink: 'good', dash: 'solid' } as const) : ({ ink: 'failed', dash: 'dashed' } as const);
  return { is: 'line', name, values, ...stroke };
}

function findingOf(lines: readonly Line[], format: (value: number) => string): string {
  const told = lines.flatMap(({ name, values }) => {
    const highest = most(values.flatMap((value) => value ?? []));
    return highest === undefined ? [] : [`${lines.length > 1 ? `${name} ` : ''}at most ${format(highest)}`];
  });
  return sentence(told.length === 0 ? 'not recorded' : told.join('; '));
}
