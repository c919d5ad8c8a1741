import { html, type Markup } from '../html/markup.ts';
import { shortened } from '../printable.ts';
import { spread } from './fit.ts';
import type { Dash, Ink, Layer } from './layer.ts';
import { stepped } from './resolution.ts';
import { down, type Space } from './space.ts';

const LONGEST_NAME = 13;
const LINE_HEIGHT = 14;

/** Names of lines and limits in the margin, each beside the line's last value. */
export function endNames(layers: readonly Layer[], step: number, space: Space): Markup {
  const ends = layers.flatMap((layer) => endOf(layer, step) ?? []);
  const at = ends.map(({ value }) => down(space, value) + 4);
  const free = spread(at, LINE_HEIGHT, space.height + 4);
  const drawn = ends.map(({ name, ink }, place) => {
    const label = shortened(name, LONGEST_NAME);
    return html`<text class="end ${ink}" x="100%" dx="8" y="${free[place]}">${label}</text>`;
  });
  return html`${drawn}`;
}

function endOf(layer: Layer, step: number): { name: string; ink: Ink; value: number } | undefined {
  if (layer.is === 'rule') return { name: layer.label, ink: 'limit', value: layer.value };
  const last = layer.is === 'line' ? stepped(layer.values, step).at(-1) : undefined;
  return layer.is === 'line' && last ? { name: layer.name, ink: layer.ink, value: last.value } : undefined;
}

/** What a key shows of a layer. */
export interface KeyEntry {
  readonly name: string;
  readonly ink: Ink;
  readonly dash?: Dash;
}

/** A key above a plot, for stacks, and for lines where the margin has no room for their names. */
export function keyOf(entries: readonly KeyEntry[], always: boolean): Markup {
  const items = entries.map(({ name, ink, dash }) => html`<li>${dash ? stroke(ink, dash) : box(ink)}${name}</li>`);
  return html`<ul class="key ${!always && 'cramped'}" aria-hidden="true">${items}</ul>`;
}

function stroke(ink: Ink, dash: Dash): Markup {
  return html`<svg width="22" height="10"><line class="line ${ink} ${dash}" x1="1" x2="21" y1="5" y2="5"/></svg>`;
}

function box(ink: Ink): Markup {
  return html`
    <svg width="14" height="12">
      <rect class="part ${ink}" width="14" height="12"/>
      <rect class="hatch" width="14" height="12" fill="url(#hatch-${ink})"/>
    </svg>`;
}
