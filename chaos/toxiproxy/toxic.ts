import { quoted, shortest } from './json/text.ts';
import type { Lifetime } from './lifetime.ts';
import type { ToxicKind } from './toxics/toxic.ts';

/** The two directions of a connection: what the client says, and what it is answered. */
export const DIRECTIONS = ['upstream', 'downstream'] as const;

export type Direction = (typeof DIRECTIONS)[number];

/** A toxic of a proxy. */
export interface Toxic {
  readonly name: string;
  readonly kind: ToxicKind;
  readonly direction: Direction;
  /** The direction as it was written, in whatever case. */
  readonly stream: string;
  attributes: Readonly<Record<string, number>>;
  /** The share of connections it acts on, 0..1. */
  toxicity: number;
  /** When it goes by itself. */
  readonly lifetime: Lifetime;
}

/** Reads a direction in any case; undefined when it is none. */
export function directionIn(stream: string): Direction | undefined {
  return DIRECTIONS.find((direction) => direction === stream.toLowerCase());
}

/** A toxic as the API tells it; the time it has left only where it has a time to live. */
export function toxicJson({ attributes, name, kind, stream, toxicity, lifetime }: Toxic): string {
  const told = Object.keys(kind.attributes).map((key) => `"${key}":${attributes[key] ?? 0}`);
  return `{"attributes":{${told}},"name":${quoted(name)},"type":"${kind.type}","stream":${quoted(stream)},"toxicity":${shortest(toxicity)}${lifetime.json()}}`;
}
