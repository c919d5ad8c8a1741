import type { SystemDeclaration } from '../http/declaration.ts';

/** A server of WHIP and WHEP as its owner describes it. `{meeting}` and `{person}` stand for whose stream it is. */
export interface WrittenWhipDeclaration extends SystemDeclaration {
  readonly kind: 'whip';
  /** Where a stream is published: a path below `url`, or an address. */
  readonly publish: string;
  /** Where one is viewed; without `{person}` it is everything of a meeting. */
  readonly view: string;
  /** The bearer token of both. */
  readonly token?: string;
  /** How many of a meeting send; everybody else only views. */
  readonly publishers?: number;
  /** Whether candidates are in the offer, or told when the answer is there. */
  readonly candidates?: 'offered' | 'trickled';
}

/** A declaration that was checked, with nothing left to guess: plain data, addresses absolute. */
export interface WhipDeclaration extends WrittenWhipDeclaration {
  readonly publishers: number;
  readonly candidates: 'offered' | 'trickled';
}
