import type { Scale } from './scale.ts';

/**
 * Where a plot draws. Across, positions are seconds of the run and scale with the page; down, they are pixels, so that
 * text keeps its size at any width.
 */
export interface Space {
  readonly seconds: number;
  readonly height: number;
  readonly scale: Scale;
}

/** The distance of a value from the top of a plot, in pixels. */
export function down(space: Space, value: number): number {
  return rounded(space.height * (1 - space.scale.at(value)));
}

/** The position of a moment as a share of a plot's width, for attributes of SVG: `42.5%`. */
export function across(space: Space, second: number): string {
  return `${rounded((100 * second) / space.seconds, 3)}%`;
}

/** Fewer digits keep a page small; these are finer than a pixel. */
export function rounded(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}
