import { Agent } from 'undici';
import type { Scrape } from '../core/event.ts';
import type { Actor, Run } from '../core/run.ts';
import type { MetricsSource } from '../core/target.ts';
import type { Exposition } from './exposition/family.ts';
import { type Asking, ask, FailedScrape } from './scrape/answer.ts';
import { type Deltas, deltas } from './scrape/delta.ts';
import { type Watched, watchedSources } from './scrape/source.ts';
import { selects, sumOf } from './selector.ts';
import { latest } from './series.ts';

/** How often sources are scraped and how much of them is recorded; times in milliseconds. */
export interface ScrapeOptions {
  /** A scrape is due at every multiple of it on the run's clock, besides the first one at once; 1,000 unless told. */
  readonly intervalMs?: number;
  /** How long a whole answer may take; 2,000 unless told. While one is under way no other is due. */
  readonly timeoutMs?: number;
  /** How many series of a source are recorded at most; 2,000 unless told. */
  readonly mostSeries?: number;
}

/**
 * Scrapes the sources until the run ends and records what they say: `up`, the indicators, and the series that changed
 * since the last successful scrape. Indicators are read from all series, recorded under `mostSeries` or not. Throws
 * Mistakes for sources that cannot be scraped at all.
 */
export function scrapes(sources: readonly MetricsSource[], options: ScrapeOptions = {}): Actor {
  const { intervalMs = 1_000, timeoutMs = 2_000, mostSeries = 2_000 } = options;
  const watched = watchedSources(sources, timeoutMs);
  return async (run) => {
    const [careful, trusting] = [new Agent(), new Agent({ connect: { rejectUnauthorized: false } })];
    const asking = ({ insecure }: Watched): Asking => {
      return { dispatcher: insecure ? trusting : careful, signal: run.signal, timeoutMs };
    };
    try {
      await Promise.all(
        watched.map((source) => watch(run, intervalMs, looks(run, source, asking(source), mostSeries))),
      );
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
  const tell = teller(run, source, deltas(mostSeries));
  return async () => {
    const at = run.now();
    const answer = await ask(source, asking).catch((thrown: unknown) => {
      if (thrown instanceof FailedScrape) return thrown;
      throw thrown;
    });
    tell(at, run.now() - at, answer);
  };
}

type Tell = (at: number, took: number, answer: Exposition | FailedScrape) => void;

function teller(run: Run, source: Watched, deltaOf: Deltas): Tell {
  let hasNoted = false;
  return (exactAt, exactTook, answer) => {
    const [at, took] = [Math.round(exactAt), Number(exactTook.toFixed(1))];
    const scrape = { kind: 'scrape', at, source: source.name, took } as const;
    if (answer instanceof FailedScrape) {
      run.record({ ...scrape, up: 0, error: answer.message, indicators: {}, series: {} });
      return;
    }
    const samples = latest(answer.families.flatMap((family) => family.samples));
    const isWanted = (sample: Parameters<typeof selects>[1]) =>
      source.selectors.some(([, selector]) => selects(selector, sample));
    const { series, gone, exposed, leftOut } = deltaOf(samples, isWanted);
    const indicators = indicatorsIn(answer, source);
    run.record({ ...scrape, up: 1, indicators, series, ...(gone.length > 0 && { gone }) });
    if (leftOut > 0 && !hasNoted) {
      hasNoted = true;
      run.record({ kind: 'note', at, says: capNote(source.name, leftOut, exposed) });
    }
  };
}

function capNote(source: string, leftOut: number, exposed: number): string {
  return `metrics of ${source}: ${leftOut} of ${exposed} series are not recorded; indicators are read from all of them`;
}

function indicatorsIn(answer: Exposition, { selectors }: Watched): Scrape['indicators'] {
  const values = selectors.map(([name, selector]) => [name, sumOf(selector, answer)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}
