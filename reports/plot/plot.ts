import { html, type Markup } from '../html/markup.ts';
import type { Span } from '../timeline.ts';
import { axes, backdrop } from './backdrop.ts';
import { endNames, type KeyEntry, keyOf } from './key.ts';
import type { Layer } from './layer.ts';
import { drawnLine, drawnMarker, drawnRule } from './lines.ts';
import { type Reading, readout } from './readout.ts';
import { stepFor, stepNote } from './resolution.ts';
import type { Space } from './space.ts';
import { drawnStack } from './stack.ts';

/** Everything one plot is made of. */
export interface Plot {
  /** Unique in the page. */
  readonly id: string;
  /** What is plotted, and in one sentence what it shows; read out to those who cannot see it. */
  readonly title: string;
  readonly shows: string;
  readonly spans: readonly Span[];
  readonly space: Space;
  readonly layers: readonly Layer[];
  readonly readings?: readonly Reading[];
  /** Names lines in a key above instead of in the margin: for long names. */
  readonly keyed?: boolean;
  /** Small plots leave out the names of phases, and of their line when it is the only one. */
  readonly small?: boolean;
}

/** Draws a plot as SVG that is as wide as its place; text keeps its size. */
export function drawnPlot(plot: Plot): Markup {
  const { id, title, shows, spans, space, layers, readings = [], small = false } = plot;
  const step = stepFor(space.seconds);
  const [name, desc] = [`${id}-title`, `${id}-desc`];
  const keyed = small || plot.keyed || layers.some(({ is }) => is === 'stack');
  const drawn = layers.map((layer) => drawnLayer(layer, step, space, id, keyed));
  const entries = entriesOf(layers);
  const key = small && entries.length < 2 ? undefined : keyOf(entries, keyed);
  const names = keyed ? undefined : endNames(layers, step, space);
  const note = stepNote(step);
  return html`
    <div class="plot ${small && 'small'}">
      ${key}
      <div class="canvas">
        <svg role="img" aria-labelledby="${name} ${desc}" width="100%" height="${space.height}">
          <title id="${name}">${title}</title>
          <desc id="${desc}">${shows}</desc>
          ${backdrop(spans, space, !small)}${axes(space)}${drawn}${names}${readout(readings, space)}
        </svg>
      </div>
      ${note && html`<p class="note">${note}</p>`}
    </div>`;
}

function drawnLayer(layer: Layer, step: number, space: Space, id: string, keyed: boolean): Markup {
  if (layer.is === 'line') return drawnLine(layer, step, space);
  if (layer.is === 'stack') return drawnStack(layer, step, space, id);
  if (layer.is === 'rule') return drawnRule(layer, space, keyed);
  return drawnMarker(layer, space);
}

function entriesOf(layers: readonly Layer[]): KeyEntry[] {
  return layers.flatMap((layer): KeyEntry[] => {
    if (layer.is === 'line') return [{ name: layer.name, ink: layer.ink, dash: layer.dash }];
    return layer.is === 'stack' ? layer.parts.map(({ name, ink }) => ({ name, ink })) : [];
  });
}
