import type { Values } from './resolution.ts';

/** What a plot shows, from the back to the front. */
export type Layer = Line | Stack | Rule | Marker;

/** Colours of a plot by what they mean; each has a light and a dark form. */
export type Ink = 'offered' | 'good' | 'shed' | 'failed' | 'aside' | 'second' | 'third' | 'limit';

/** Strokes that differ without colour. */
export type Dash = 'solid' | 'dashed' | 'dotted' | 'long';

/** One value over time. */
export interface Line {
  readonly is: 'line';
  readonly name: string;
  readonly ink: Ink;
  readonly dash: Dash;
  readonly values: Values;
  /** Shades what lies below it, or what it lacks to the top. */
  readonly filled?: 'below' | 'above';
}

/** Parts of a whole over time, on top of each other in their order. */
export interface Stack {
  readonly is: 'stack';
  readonly parts: readonly { readonly name: string; readonly ink: Ink; readonly values: Values }[];
}

/** A limit across the whole plot. */
export interface Rule {
  readonly is: 'rule';
  readonly value: number;
  readonly label: string;
}

/** A moment, marked by a letter that is explained beside the plot. */
export interface Marker {
  readonly is: 'marker';
  readonly second: number;
  readonly label: string;
  /** 0 stands at the foot; moments close to each other stand on different rows. */
  readonly row: number;
}
