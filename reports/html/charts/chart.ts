import type { Layer } from '../../plot/layer.ts';
import { drawnPlot } from '../../plot/plot.ts';
import type { Reading } from '../../plot/readout.ts';
import type { Scale } from '../../plot/scale.ts';
import { html, type Markup, nothing } from '../markup.ts';
import type { Page, Shown } from '../page.ts';
import { numbersOf } from './numbers.ts';

/** One quantity over time, drawn for every run of the page on the same axes. */
export interface Chart {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** The unit, and how to read the plot. */
  readonly reading: string;
  readonly scale: Scale;
  readonly height?: number;
  /** See Plot. */
  readonly keyed?: boolean;
  readonly small?: boolean;
  readonly drawings: readonly Drawing[];
}

/** What one run has to show in a chart. */
export interface Drawing {
  readonly run: Shown;
  /** One sentence: what is to be seen. */
  readonly finding: string;
  readonly layers: readonly Layer[];
  readonly readings: readonly Reading[];
}

/** Lays a chart out: a figure for every run, with its finding above and its numbers below. */
export function drawnChart(page: Page, chart: Chart): Markup {
  const { id, title, reading, small, drawings } = chart;
  if (drawings.every(({ layers }) => layers.length === 0)) return nothing;
  return html`
    <section class="chart ${small && 'small'}" aria-labelledby="${id}">
      <h3 id="${id}">${title} <small>${reading}</small></h3>
      <div class="runs">${drawings.map((drawing) => figure(page, chart, drawing))}</div>
    </section>`;
}

function figure(page: Page, chart: Chart, { run, finding, layers, readings }: Drawing): Markup {
  const { id, title, scale, height = 200, keyed = false, small = false } = chart;
  const plot = drawnPlot({
    id: `${id}-${run.place}`,
    title: `${title}, ${run.recording.target.name}`,
    shows: finding,
    spans: run.timeline,
    space: { seconds: page.seconds, height, scale },
    layers,
    readings: small ? [] : readings,
    keyed,
    small,
  });
  const named = page.runs.length > 1 && html`<b>${run.recording.target.name}: </b>`;
  return html`
    <figure>
      <figcaption>${named}${finding}</figcaption>
      ${plot}
      ${numbersOf(readings, page.seconds)}
    </figure>`;
}
