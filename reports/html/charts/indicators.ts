import { spoken } from '../../../core/duration.ts';
import { INDICATORS, type Indicator, type IndicatorName } from '../../../core/indicator.ts';
import { amount, bytes } from '../../format.ts';
import { most } from '../../mean.ts';
import type { Dash, Ink, Line } from '../../plot/layer.ts';
import type { Reading } from '../../plot/readout.ts';
import { peakOf } from '../../plot/resolution.ts';
import { linearScale } from '../../plot/scale.ts';
import { indicatorSeries, onSeconds } from '../../series/indicator.ts';
import { html, type Markup } from '../markup.ts';
import type { Page, Shown } from '../page.ts';
import { type Drawing, drawnChart } from './chart.ts';

/** Sources beyond these would draw strokes nobody can tell apart. */
const STROKES: readonly { readonly ink: Ink; readonly dash: Dash }[] = [
  { ink: 'good', dash: 'solid' },
  { ink: 'aside', dash: 'dashed' },
  { ink: 'second', dash: 'dotted' },
  { ink: 'third', dash: 'long' },
];

/**
 * The target's own gauges, and its counters as rates: small plots, a line for each source. Those that stood at 0 all the
 * time, or that nobody told, are only named: twenty flat lines would hide the one that tells something.
 */
export function indicatorCharts(page: Page): Markup {
  const names = (Object.keys(INDICATORS) as IndicatorName[]).filter((name) => name !== 'process.started');
  const charts = names.map((name) => ({ name, drawings: page.runs.map((run) => drawing(run, name)) }));
  const inState = (state: Unmoved) =>
    charts.filter(({ drawings }) => drawings.every(({ finding }) => finding === state)).map(({ name }) => name);
  const [still, untold] = [inState(ALWAYS_0), inState(NOT_TOLD)];
  const drawn = charts.filter(({ name }) => !still.includes(name) && !untold.includes(name));
  return html`<div class="multiples">${drawn.map(({ name, drawings }) => indicatorChart(page, name, drawings))}</div>
${unmoved('Always 0', still)}
${unmoved('Not told', untold)}`;
}

const ALWAYS_0 = 'Always 0.';
const NOT_TOLD = 'Not told.';
type Unmoved = typeof ALWAYS_0 | typeof NOT_TOLD;

function unmoved(state: string, names: readonly IndicatorName[]): Markup | undefined {
  return names.length > 0 ? html`<p class="unmoved">${state}: ${names.join(', ')}.</p>` : undefined;
}

function indicatorChart(page: Page, name: IndicatorName, drawings: readonly Drawing[]): Markup {
  const peak = peakOf(drawings.flatMap(({ readings }) => readings.map(({ values }) => values)));
  return drawnChart(page, {
    id: `indicator-${name.replaceAll('.', '-')}`,
    title: name,
    reading: readingOf(name),
    scale: linearScale(peak, formatOf(name)),
    height: 96,
    small: true,
    drawings,
  });
}

function drawing(run: Shown, name: IndicatorName): Drawing {
  const series = indicatorSeries(run.recording.scrapes).filter(({ indicator }) => indicator === name);
  const format = formatOf(name);
  const layers = STROKES.flatMap(({ ink, dash }, place): Line[] => {
    const drawn = series[place];
    return drawn ? [{ is: 'line', name: drawn.source, ink, dash, values: onSeconds(drawn.points) }] : [];
  });
  const readings = layers.map(({ name: source, values }): Reading => ({ name: source, values, format }));
  return {
    run,
    finding: findingOf(
      series.map(({ points }) => points.map(({ value }) => value)),
      series.length - layers.length,
      format,
    ),
    layers,
    readings,
  };
}

function readingOf(name: IndicatorName): string {
  const { kind, unit, says }: Indicator = INDICATORS[name];
  const unsaid = !unitIsWritten(name) && !says.includes(unit);
  return [says, unsaid && `in ${unit}`, kind === 'counter' && 'per second'].filter(Boolean).join(', ');
}

/** Values in these units are written with them, or need none: CPU seconds per second are a share of a core. */
function unitIsWritten(name: IndicatorName): boolean {
  return ['s', 'bytes'].includes(INDICATORS[name].unit);
}

function formatOf(name: IndicatorName): (value: number) => string {
  const { kind, unit } = INDICATORS[name];
  if (unit === 'bytes') return bytes;
  return unit === 's' && kind === 'gauge' ? (seconds) => spoken(seconds * 1_000) : amount;
}

function findingOf(series: readonly (readonly number[])[], left: number, format: (value: number) => string): string {
  const highest = most(series.flat());
  if (highest === undefined) return NOT_TOLD;
  if (highest === 0 && left === 0) return ALWAYS_0;
  return `At most ${format(highest)}${left > 0 ? `; ${left} more sources are not drawn` : ''}.`;
}
