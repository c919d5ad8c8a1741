import { milliseconds } from '../../core/duration.ts';
import type { MetricsSource } from '../../core/target.ts';
import type { DeclaredMetrics, SystemDeclaration } from './declaration.ts';

/** Twice the 15 seconds that most servers scrape at. */
const MAX_AGE = 30_000;

/** A declared source of metrics as it is asked; presets are not resolved here. */
export function sourceOf(
  declared: DeclaredMetrics,
  { tls, halts = [] }: Pick<SystemDeclaration, 'tls' | 'halts'>,
): MetricsSource {
  const { name, headers = {} } = declared;
  if ('url' in declared) {
    const { url, indicators = {} } = declared;
    return { kind: 'page', name, url, headers, indicators, insecure: tls?.insecure ?? false };
  }
  const watched = halts.flatMap(({ source, query }) => (source === name && query !== undefined ? [query] : []));
  return {
    kind: 'prometheus',
    name,
    url: declared.prometheus,
    headers,
    queries: declared.queries ?? {},
    watched: [...new Set(watched)],
    maxAge: declared.maxAge === undefined ? MAX_AGE : milliseconds(declared.maxAge),
    // The server is not the target: what is said of the target's certificate does not hold for it.
    insecure: declared.tls?.insecure ?? false,
  };
}
