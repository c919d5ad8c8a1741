import type { IndicatorName } from '../../core/indicator.ts';
import type { PrometheusServer } from '../../core/target.ts';
import type { Sample } from '../exposition/family.ts';
import { type Asking, FailedScrape } from '../scrape/exchange.ts';
import type { Watched } from '../scrape/look.ts';
import type { Result } from './answer.ts';
import { bounded } from './fresh.ts';
import { boundsAge, resultFrom, type Server, serverOf } from './query.ts';

/**
 * Makes a Prometheus server ready to be looked at: all its queries are asked side by side, and a look that gets no answer
 * to one of them fails as a whole.
 */
export function watchedServer(source: PrometheusServer): Watched {
  const server = serverOf(source);
  const queries = Object.entries(source.queries) as [IndicatorName, string][];
  const asked = [...queries, ...source.watched.map((query) => [query, query] as const)];
  const severalOf = noteOfSeveral();
  const ageOf = noteOfAge(server, new Set(asked.map(([, query]) => query)));
  return {
    name: source.name,
    async look(asking) {
      const all = await allOf(asked.map(([of, query]) => told(server, of, query, asking)));
      const notes = [...(await ageOf(asking)), ...severalOf(all)];
      const watched = withValues(all.slice(queries.length));
      return {
        indicators: Object.fromEntries(withValues(all.slice(0, queries.length))),
        samples: new Map(watched.map(([query, value]) => [query, sampleOf(query, value)])),
        isWanted: () => true,
        notes,
      };
    },
  };
}

interface Told extends Result {
  /** The indicator, or the query itself. */
  readonly of: string;
}

async function told(server: Server, of: string, query: string, asking: Asking): Promise<Told> {
  try {
    return { of, ...(await resultFrom(server, query, asking)) };
  } catch (thrown) {
    throw thrown instanceof FailedScrape ? new FailedScrape(`${of}: ${thrown.message}`) : thrown;
  }
}

/** All of them, or the first failure in their order once all are over. */
async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

function withValues(all: readonly Told[]): [string, number][] {
  return all.flatMap(({ of, value }): [string, number][] => (value === undefined ? [] : [[of, value]]));
}

function sampleOf(name: string, value: number): Sample {
  return { name, labels: new Map(), value };
}

/** Notes once of each query that its result is a sum. */
function noteOfSeveral(): (all: readonly Told[]) => string[] {
  const noted = new Set<string>();
  return (all) => {
    const fresh = all.filter(({ of, series }) => series > 1 && !noted.has(of));
    for (const { of } of fresh) noted.add(of);
    return fresh.map(({ of, series }) => `${of} came as ${series} series, which are added up`);
  };
}

/** Notes once, as soon as the server can be asked, that it tells samples older than they may be. */
function noteOfAge(server: Server, queries: ReadonlySet<string>): (asking: Asking) => Promise<string[]> {
  const unbounded = [...queries].filter((query) => !bounded(query, server.maxAge).bounded);
  let isKnown = unbounded.length === 0;
  return async (asking) => {
    if (isKnown) return [];
    const bounds = await boundsAge(server, asking);
    isKnown = true;
    return bounds ? [] : [`${LINGERS}: ${unbounded.join(' and ')}`];
  };
}

const LINGERS =
  'the server, unlike Prometheus from 2.43 on, does not limit the age of samples; what it stopped scraping may be told for minutes on in';
