import type { Scrape } from '../../core/event.ts';
import type { Sample } from '../exposition/family.ts';
import type { Asking } from './exchange.ts';

/** What one look at a source brought. */
export interface Look {
  readonly indicators: Scrape['indicators'];
  /** The series to record, by their keys. */
  readonly samples: ReadonlyMap<string, Sample>;
  /** Says which series come first when there are too many. */
  isWanted(sample: Sample): boolean;
  /** What is worth noting, once. */
  readonly notes: readonly string[];
}

/** A source made ready to be looked at, again and again; a look throws FailedScrape when it brings nothing. */
export interface Watched {
  readonly name: string;
  look(asking: Asking): Promise<Look>;
}
