import { Agent } from 'undici';
import type { Actor, Run } from '../core/run.ts';
import type { MetricsSource } from '../core/target.ts';
import { type Deltas, deltas } from './scrape/delta.ts';
import { type Asking, FailedScrape } from './scrape/exchange.ts';
import type { Look, Watched } from './scrape/look.ts';
import { checkSources, watched } from './scrape/source.ts';

/** How often sources are looked at and how much of them is recorded; times in milliseconds. */
export interface ScrapeOptions {
  /** A page is scraped at every multiple of it on the run's clock, besides at once; 1,000 unless told. */
  readonly intervalMs?: number;
  /** The same for Prometheus servers, which do not scrape that often themselves; 2,000 unless told. */
  readonly queryIntervalMs?: number;
  /** How long a whole answer may take; 2,000 unless told. While one is under way no other is due. */
  readonly timeoutMs?: number;
  /** How many series of a source are recorded at most; 2,000 unless told. */
  readonly mostSeries?: number;
}

/**
 * Looks at the sources until the run ends and records what they say: `up`, the indicators, and the series that changed
 * since the last successful look. Indicators are read from all series, recorded under `mostSeries` or not. Throws
 * Mistakes for sources that cannot be asked at all.
 */
export function scrapes(sources: readonly MetricsSource[], options: ScrapeOptions = {}): Actor {
  const { intervalMs = 1_000, queryIntervalMs = 2_000, timeoutMs = 2_000, mostSeries = 2_000 } = options;
  checkSources(sources);
  return async (run) => {
    const [careful, trusting] = [new Agent(), new Agent({ connect: { rejectUnauthorized: false } })];
    const watching = (source: MetricsSource) => {
      const every = source.kind === 'page' ? intervalMs : queryIntervalMs;
      const asking = { dispatcher: source.insecure ? trusting : careful, signal: run.signal, timeoutMs };
      return watch(run, every, looks(run, watched(source), asking, mostSeries));
    };
    try {
      await Promise.all(sources.map(watching));
    } finally {
      await Promise.all([careful.destroy(), trusting.destroy()]);
    }
  };
}

async function watch(run: Run, intervalMs: number, look: () => Promise<void>): Promise<never> {
  for (let due = run.now(); ; ) {
    await run.until(due);
    await look();
    // From the due time on, as timers may fire early; from now on, as what is late is not made up for.
    due = (Math.floor(Math.max(due, run.now()) / intervalMs) + 1) * intervalMs;
  }
}

function looks(run: Run, source: Watched, asking: Asking, mostSeries: number): () => Promise<void> {
  const tell = teller(run, source.name, deltas(mostSeries));
  return async () => {
    const at = run.now();
    const look = await source.look(asking).catch((thrown: unknown) => {
      if (thrown instanceof FailedScrape) return thrown;
      throw thrown;
    });
    tell(at, run.now() - at, look);
  };
}

type Tell = (at: number, took: number, look: Look | FailedScrape) => void;

function teller(run: Run, source: string, deltaOf: Deltas): Tell {
  let hasNoted = false;
  return (exactAt, exactTook, look) => {
    const [at, took] = [Math.round(exactAt), Number(exactTook.toFixed(1))];
    const scrape = { kind: 'scrape', at, source, took } as const;
    if (look instanceof FailedScrape) {
      run.record({ ...scrape, up: 0, error: look.message, indicators: {}, series: {} });
      return;
    }
    const { series, gone, exposed, leftOut } = deltaOf(look.samples, look.isWanted);
    run.record({ ...scrape, up: 1, indicators: look.indicators, series, ...(gone.length > 0 && { gone }) });
    for (const says of look.notes) run.record({ kind: 'note', at, says: `metrics of ${source}: ${says}` });
    if (leftOut > 0 && !hasNoted) {
      hasNoted = true;
      run.record({ kind: 'note', at, says: capNote(source, leftOut, exposed) });
    }
  };
}

function capNote(source: string, leftOut: number, exposed: number): string {
  return `metrics of ${source}: ${leftOut} of ${exposed} series are not recorded; indicators are read from all of them`;
}
