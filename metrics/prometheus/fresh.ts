import { NAME } from '../selector/matcher.ts';
import { mistakesOfSelector, parseSelector, type Selector } from '../selector.ts';

const AGGREGATION = /^\s*((?:sum|min|max|avg|count)\b\s*(?:(?:by|without)\s*\([\w\s,]*\)\s*)?)\(([\s\S]*)\)\s*$/i;

/** A query, and whether it says itself that samples must not be older than a limit. */
export interface Bounded {
  readonly query: string;
  readonly bounded: boolean;
}

/**
 * Puts a limit on the age of samples into a query, where it is a selector of one metric or an aggregation of one. An
 * instant selector gives samples of up to five minutes ago, unless the server itself saw the series end; with this it
 * gives none whose own timestamp is older than `maxAge` milliseconds. Other queries stay as they are.
 */
export function bounded(query: string, maxAge: number): Bounded {
  const [, aggregation, inner] = AGGREGATION.exec(query) ?? [];
  const selector = (inner ?? query).trim();
  if (!isOfOneMetric(selector)) return { query, bounded: false };
  const fresh = `${selector} and (time() - timestamp(${selector}) <= ${maxAge / 1_000})`;
  return { query: aggregation === undefined ? fresh : `${aggregation}(${fresh})`, bounded: true };
}

/** Metrics of several names may differ in nothing but their names, which `timestamp` leaves out. */
function isOfOneMetric(text: string): boolean {
  if (mistakesOfSelector(text, 'query').length > 0) return false;
  const { matchers }: Selector = parseSelector(text);
  return matchers.some(({ label, operator }) => label === NAME && operator === '=');
}
