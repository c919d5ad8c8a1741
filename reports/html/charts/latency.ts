import { spoken } from '../../../core/duration.ts';
import type { ScoredClass } from '../../../core/plan.ts';
import type { MergedBin } from '../../../core/recording.ts';
import { latency } from '../../format.ts';
import { percentileOf } from '../../percentile.ts';
import type { Dash, Ink, Layer } from '../../plot/layer.ts';
import { stepFor, type Values, valuesOf } from '../../plot/resolution.ts';
import { logScale, type Scale } from '../../plot/scale.ts';
import { primaryBins, within } from '../../series/people.ts';
import { tallyOf } from '../../tally.ts';
import type { Markup } from '../markup.ts';
import type { Page, Shown } from '../page.ts';
import { type Drawing, drawnChart } from './chart.ts';

const LINES: readonly { readonly name: string; readonly share: number; readonly ink: Ink; readonly dash: Dash }[] = [
  { name: 'p99', share: 0.99, ink: 'failed', dash: 'dotted' },
  { name: 'p90', share: 0.9, ink: 'shed', dash: 'dashed' },
  { name: 'p50', share: 0.5, ink: 'good', dash: 'solid' },
];

/** Above the highest latency there is a band for people who never got what they came for. */
const NEVER = Number.POSITIVE_INFINITY;

/** Latency percentiles from due, of everybody. */
export function latencyChart(page: Page, { name, deadline }: ScoredClass): Markup {
  const drawings = page.runs.map((run) => drawing(run, name, deadline, page.seconds));
  const known = drawings
    .flatMap(({ readings }) => readings.flatMap(({ values }) => values))
    .filter((value): value is number => value !== undefined && Number.isFinite(value) && value > 0);
  const [low, high] = [
    known.reduce((a, b) => Math.min(a, b), deadline),
    known.reduce((a, b) => Math.max(a, b), deadline),
  ];
  return drawnChart(page, {
    id: `latency-${name}`,
    title: `How long it took: ${name}`,
    reading: 'from due to success, logarithmic; whoever never succeeded stands in the band at the top',
    scale: withNever(logScale(low, high, shortTime)),
    height: 220,
    drawings,
  });
}

function drawing(run: Shown, name: ScoredClass['name'], deadline: number, seconds: number): Drawing {
  const bins = primaryBins(run.recording, name);
  const lines = LINES.map((line) => ({ ...line, values: percentiles(bins, line.share, deadline, stepFor(seconds)) }));
  const layers: Layer[] = [
    { is: 'rule', value: deadline, label: `deadline ${spoken(deadline)}` },
    ...lines.map(({ name: label, ink, dash, values }): Layer => ({ is: 'line', name: label, ink, dash, values })),
  ];
  const format = (value: number) => latency({ ms: value, atLeast: value === NEVER });
  return {
    run,
    finding: findingOf(run, name, deadline),
    layers: bins.length > 0 ? layers : [],
    readings: lines.toReversed().map(({ name: label, values }) => ({ name: label, values, format })),
  };
}

/** Percentiles of everybody due in the same step: means of percentiles would be no percentiles. */
function percentiles(bins: readonly MergedBin[], share: number, deadline: number, step: number): Values {
  const steps = new Map<number, MergedBin[]>();
  for (const bin of bins) {
    const place = Math.floor(bin.second / step);
    steps.set(place, [...(steps.get(place) ?? []), bin]);
  }
  const entries = [...steps].flatMap(([place, together]) => {
    const percentile = percentileOf(tallyOf(together), share, deadline);
    const value = percentile?.atLeast ? NEVER : percentile?.ms;
    return Array.from({ length: step }, (_, second) => [place * step + second, value] as const);
  });
  return valuesOf(entries);
}

/** Powers of ten: `100 ms`, `10 s`, `100 s`. */
function shortTime(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`;
}

function withNever(scale: Scale): Scale {
  const share = 0.86;
  return {
    at: (value) => (value === NEVER ? 0.95 : share * scale.at(value)),
    ticks: [...scale.ticks, { value: NEVER, label: 'never' }],
  };
}

function findingOf({ recording, timeline }: Shown, name: ScoredClass['name'], deadline: number): string {
  const told = (['baseline', 'storm', 'recovery'] as const).flatMap((phase) => {
    const tally = tallyOf(within(primaryBins(recording, name), timeline, phase));
    const [half, nearly] = [percentileOf(tally, 0.5, deadline), percentileOf(tally, 0.99, deadline)];
    return half && nearly ? [`${latency(half)} in the ${phase} (p99: ${latency(nearly)})`] : [];
  });
  return told.length === 0 ? 'Nobody was due.' : `How long the person in the middle waited: ${told.join('; ')}.`;
}
