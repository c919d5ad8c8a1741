import { spoken } from '../../core/duration.ts';
import type { Scrape } from '../../core/event.ts';
import { type Halt, LEAST_SILENCE, nameOf } from './halt.ts';

/** Watches scrapes for one condition; gives why the run has to stop, once it has to. `now` is the time of the run. */
export type Condition = (scrape: Scrape, now: number) => string | undefined;

/**
 * A condition that begins to be watched at `began`. It holds from the first look that shows it on, as long as no look
 * shows otherwise; looks that tell nothing show nothing, but silence that lasts is no good news and halts, too, unless
 * it is to be ignored: then a condition begins anew after it.
 */
export function condition(halt: Halt, began: number): Condition {
  const told = summed(halt);
  const patience = Math.max(halt.lasting, LEAST_SILENCE);
  let lastTold = began;
  let holdsSince: number | undefined;
  let why = '';
  return (scrape, now) => {
    const isOurs = halt.sources.includes(scrape.source);
    if (isOurs && scrape.error !== undefined) why = ` (${scrape.source}: ${scrape.error})`;
    const value = isOurs ? told(scrape) : undefined;
    if (value === undefined) {
      if (now - lastTold < patience) return undefined;
      holdsSince = undefined;
      return halt.missing === 'halt'
        ? inWords(halt, `nothing was told of ${nameOf(halt)} for ${spoken(now - lastTold)}${why}`)
        : undefined;
    }
    lastTold = now;
    why = '';
    const holds = halt.is === 'above' ? value > halt.limit : value < halt.limit;
    holdsSince = holds ? (holdsSince ?? scrape.at) : undefined;
    if (holdsSince === undefined || scrape.at - holdsSince < halt.lasting) return undefined;
    return inWords(
      halt,
      `${nameOf(halt)} was ${halt.is} ${halt.limit} for ${spoken(halt.lasting)} (${rounded(value)} at last)`,
    );
  };
}

/** Follows what the sources tell; undefined while one of them tells nothing. */
function summed({ watches, sources }: Halt): (scrape: Scrape) => number | undefined {
  const told = new Map<string, number | undefined>();
  const followed = new Map<string, number>();
  const seriesOf = ({ source, up, series, gone }: Scrape, query: string) => {
    // Series are recorded when they change, and silence of the source changes none.
    const value = gone?.includes(query) ? undefined : (series[query] ?? followed.get(source));
    if (value === undefined) followed.delete(source);
    else followed.set(source, value);
    return up === 1 ? value : undefined;
  };
  return (scrape) => {
    told.set(
      scrape.source,
      'query' in watches ? seriesOf(scrape, watches.query) : scrape.indicators[watches.indicator],
    );
    const values = sources.flatMap((source) => told.get(source) ?? []);
    return values.length === sources.length ? values.reduce((sum, value) => sum + value, 0) : undefined;
  };
}

function inWords({ says }: Halt, what: string): string {
  return says === undefined ? what : `${what}: ${says}`;
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(6)));
}
