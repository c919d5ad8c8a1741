import { filesOf, pathsOf } from '../edge/bundle.ts';
import type { Settings } from '../variants.ts';
import type { EdgeAddress } from './order.ts';

/** The web client, as the gateway has to do with it. */
export interface WebClient {
  /** Files that people have had from here instead of from an edge. */
  readonly overflow: number;
  /** What a page fetches: from an edge, how long it waits for all of that, and what it fetches otherwise. */
  manifest(): Manifest;
  /** A file that is to be had from here; undefined for others. */
  file(path: string): string | undefined;
}

interface Manifest {
  readonly assets: readonly string[];
  readonly wait: string;
  readonly otherwise: readonly string[];
}

/** Gives each page that is opened the next edge in turn. */
export function webClientOf(
  edges: readonly EdgeAddress[],
  { assetsWait, assetsOverflow }: Pick<Settings, 'assetsWait' | 'assetsOverflow'>,
): WebClient {
  const own = assetsOverflow === 'slim from the origin' ? filesOf('slim') : new Map<string, string>();
  const at = (index: number) => edges[index % edges.length]?.url ?? '';
  let opened = 0;
  let overflow = 0;
  return {
    get overflow() {
      return overflow;
    },
    manifest() {
      const [first, second] = [at(opened), at(opened + 1)];
      opened += 1;
      const assets = pathsOf('full').map((path) => first + path);
      const otherwise = own.size > 0 ? [...own.keys()] : pathsOf('full').map((path) => second + path);
      return { assets, wait: `${assetsWait}ms`, otherwise };
    },
    file(path) {
      const file = own.get(path);
      if (file !== undefined) overflow += 1;
      return file;
    },
  };
}
