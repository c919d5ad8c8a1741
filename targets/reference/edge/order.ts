import type { Failed } from '../ordered.ts';

/** What an edge is told when it starts. */
export interface EdgeOrder {
  readonly name: string;
  /** On 127.0.0.1; 0 takes a free one. */
  readonly port: number;
}

/** What it answers. */
export type EdgeReport = { readonly kind: 'ready'; readonly port: number } | Failed;
