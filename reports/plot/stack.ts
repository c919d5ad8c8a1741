import { html, type Markup } from '../html/markup.ts';
import type { Stack } from './layer.ts';
import { stretched } from './lines.ts';
import { edges } from './path.ts';
import { stepped, type Values } from './resolution.ts';
import { down, type Space } from './space.ts';

/** Draws parts of a whole on top of each other; each has a hatching of its own beside its colour. */
export function drawnStack({ parts }: Stack, step: number, space: Space, id: string): Markup {
  let floor: readonly number[] = [];
  const drawn = parts.map(({ ink, values }) => {
    const own = meansOf(values, step);
    const top = own.map((value, place) => value + (floor[place] ?? 0));
    const shape = between(floor, top, step, space);
    floor = top;
    return own.some((value) => value > 0) && drawnPart(shape, ink, `${id}-${ink}`, space);
  });
  return html`${drawn}`;
}

function drawnPart(shape: string, ink: string, id: string, space: Space): Markup {
  const { seconds, height } = space;
  const whole = `scale(${1 / seconds},${1 / height})`;
  // A hatching would be stretched with the plot; it is drawn in pixels and clipped to the shape instead.
  return html`
    ${stretched(space, html`<path class="part ${ink}" d="${shape}"/>`)}
    <clipPath id="${id}" clipPathUnits="objectBoundingBox"><path transform="${whole}" d="${shape}"/></clipPath>
    <rect class="hatch" width="100%" height="${height}" fill="url(#hatch-${ink})" clip-path="url(#${id})"/>`;
}

function meansOf(values: Values, step: number): number[] {
  const known = new Map(stepped(values, step).map(({ second, value }) => [Math.floor(second / step), value]));
  return Array.from({ length: Math.ceil(values.length / step) }, (_, place) => known.get(place) ?? 0);
}

function between(floor: readonly number[], top: readonly number[], step: number, space: Space): string {
  const heights = (values: readonly number[]) => values.map((value) => down(space, value));
  const back = heights(top.map((_, place) => floor[place] ?? 0));
  return `${edges(heights(top), step)}${edges(back, step, true)}Z`;
}
