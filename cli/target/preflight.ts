import { Mistakes } from '../../core/mistake.ts';
import { type Trial, tryQueries } from '../../metrics/prometheus/preflight.ts';
import type { Config } from '../config.ts';
import type { ChosenTarget } from './chosen.ts';

/**
 * Asks the Prometheus servers of a target everything a run will ask them; throws Mistakes with file and line when one
 * cannot be asked. Queries without a value are told: they may be misspelt, or have counted nothing yet.
 */
export async function checkServers(
  { target, halts, setting: { adapter } }: ChosenTarget,
  config: Config | undefined,
  signal: AbortSignal,
  tell: (says: string) => void,
): Promise<void> {
  const place = `targets.${adapter.name}`;
  const trials = target.metrics.flatMap((source, at): Trial[] => {
    if (source.kind === 'page') return [];
    const where = `${place}.metrics[${at}]`;
    const queries = Object.entries(source.queries).map(([name, query]) => ({
      where: `${where}.queries.${name}`,
      query,
    }));
    const watched = halts.flatMap(({ watches, sources }, index) =>
      'query' in watches && sources.includes(source.name)
        ? [{ where: `${place}.halts[${index}].query`, query: watches.query }]
        : [],
    );
    return [{ source, where, queries: [...queries, ...watched] }];
  });
  try {
    const silent = await tryQueries(trials, signal);
    for (const where of silent) tell(`${where}: has no value now`);
  } catch (thrown) {
    if (!(thrown instanceof Mistakes) || !config) throw thrown;
    throw new Mistakes(config.located(thrown.list), thrown.exitCode);
  }
}
