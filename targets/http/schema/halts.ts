import * as z from 'zod';
import { milliseconds } from '../../../core/duration.ts';
import { INDICATORS, type IndicatorName } from '../../../core/indicator.ts';
import { nearest } from '../../../core/nearest.ts';
import { at, type Site, tell } from '../compile/site.ts';
import type { DeclaredHalt, DeclaredMetrics, DeclaredServer } from '../declaration.ts';
import { duration, mapping, text } from './fields.ts';

const indicators = Object.keys(INDICATORS) as [IndicatorName, ...IndicatorName[]];

const limit = z.number({ error: 'a number' });

/** When a run has to stop. */
export const halt = mapping({
  query: text('PromQL: max(up{job="auth"})').exactOptional().describe('What to watch: PromQL for a Prometheus server.'),
  indicator: z
    .enum(indicators, {
      error: ({ input }) => `did you mean ${nearest(String(input), indicators) ?? indicators.join(', ')}?`,
    })
    .exactOptional()
    .describe('What to watch: an indicator that a source tells.'),
  source: text('the name of a source of metrics')
    .exactOptional()
    .describe('The source to ask; needed for a query where there are several servers.'),
  above: limit.exactOptional().describe('Halts when it is higher than this for its time.'),
  below: limit.exactOptional().describe('Halts when it is lower than this for its time.'),
  for: duration('a length of time: 10s').describe('How long that has to last: 10s.'),
  missing: z
    .enum(['halt', 'ignore'], { error: 'halt or ignore' })
    .exactOptional()
    .describe(
      'What to do when nothing is told for that time, or for 5s where that is longer: halt (the default), or ignore.',
    ),
  says: text('a few words').exactOptional().describe('What to say when it halts the run.'),
});

type Place = Pick<Site, 'path' | 'mistakes'>;

/** Finds the source of every condition; what is wrong with them is added to the mistakes. */
export function settledHalts(
  halts: readonly DeclaredHalt[],
  sources: readonly DeclaredMetrics[],
  place: Place,
): DeclaredHalt[] {
  return halts.map((condition, index) => {
    const here = at(place, index);
    exactlyOne(condition, ['query', 'indicator'], here, 'give it a query or an indicator to watch');
    exactlyOne(condition, ['above', 'below'], here, 'say above or below which number');
    if (condition.source !== undefined) {
      checkSource(condition, sources, at(here, 'source'));
      return condition;
    }
    const source = condition.query === undefined ? undefined : onlyServer(sources, here);
    return { ...condition, ...(source !== undefined && { source }) };
  });
}

function exactlyOne(
  condition: DeclaredHalt,
  [one, other]: readonly [keyof DeclaredHalt, keyof DeclaredHalt],
  place: Place,
  mend: string,
): void {
  if (condition[one] !== undefined && condition[other] !== undefined)
    tell(at(place, other), `stands beside ${one}`, 'make two conditions of it');
  if (condition[one] === undefined && condition[other] === undefined)
    tell(place, `has no ${one} and no ${other}`, mend);
}

function checkSource({ source = '', query }: DeclaredHalt, sources: readonly DeclaredMetrics[], place: Place): void {
  const found = sources.find(({ name }) => name === source);
  const known = sources.map(({ name }) => name);
  const meant = nearest(source, known);
  const mend = meant ? `did you mean ${meant}?` : `known are ${known.join(', ') || 'none: name it in metrics'}`;
  if (!found) tell(place, `there is no source "${source}"`, mend);
  else if (query !== undefined && !isServer(found))
    tell(place, `"${source}" is a page, which cannot be asked a query`, 'watch an indicator of it instead');
}

/** The one server that a query can only be for. */
function onlyServer(sources: readonly DeclaredMetrics[], place: Place): string | undefined {
  const servers = sources.filter(isServer);
  if (servers.length === 0)
    tell(
      at(place, 'query'),
      'has no Prometheus server to be asked of',
      'name one in metrics, with prometheus: and its address',
    );
  if (servers.length > 1)
    tell(place, 'does not say which server to ask', `source: ${servers.map(({ name }) => name).join(' or ')}`);
  return servers.length === 1 ? servers[0]?.name : undefined;
}

/** Looks whether servers are asked something, and for samples that they can have. */
export function checkServers(sources: readonly DeclaredMetrics[], halts: readonly DeclaredHalt[], place: Place): void {
  for (const [index, source] of sources.entries()) {
    if (!isServer(source)) continue;
    const { name, queries = {}, maxAge } = source;
    if (Object.keys(queries).length === 0 && !halts.some((halt) => halt.source === name))
      tell(at(place, index), 'is asked nothing', 'give it queries, or a halt condition with a query');
    if (maxAge !== undefined && milliseconds(maxAge) < LEAST_AGE)
      tell(at(at(place, index), 'maxAge'), `${maxAge} is less than any server scrapes at`, 'twice its scrape interval');
  }
}

/** In milliseconds. */
const LEAST_AGE = 1_000;

function isServer(source: DeclaredMetrics): source is DeclaredServer {
  return 'prometheus' in source;
}
