import type { Scrape } from '../../core/event.ts';
import type { IndicatorName } from '../../core/indicator.ts';
import type { Mistake } from '../../core/mistake.ts';
import type { MetricsPage } from '../../core/target.ts';
import type { Exposition } from '../exposition/family.ts';
import { MalformedExposition } from '../exposition/malformed.ts';
import { parseExposition } from '../exposition.ts';
import { mistakesOfSelector, parseSelector, type Selector, selects, sumOf } from '../selector.ts';
import { latest } from '../series.ts';
import { type Asking, exchange, FailedScrape, textOf, unexpectedStatus } from './exchange.ts';
import type { Watched } from './look.ts';
import { type Reached, reached } from './reach.ts';

/**
 * What Prometheus 3 sends, but for the binary format: OpenMetrics before the text format, and names outside the classic
 * alphabet as they are.
 */
const ACCEPT = [
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5',
  'application/openmetrics-text;version=0.0.1;q=0.4',
  'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3',
  'text/plain;version=0.0.4;q=0.2',
  '*/*;q=0.1',
].join(',');

type Selectors = readonly (readonly [IndicatorName, Selector])[];

/** A page made ready to be scraped; throws Mistakes for selectors that cannot be read. */
export function watchedPage(source: MetricsPage): Watched {
  const to = reached(source, ACCEPT);
  const selectors: Selectors = Object.entries(source.indicators).map(([indicator, text]) => [
    indicator as IndicatorName,
    parseSelector(text),
  ]);
  return {
    name: source.name,
    async look(asking) {
      const exposition = await scraped(to, asking);
      return {
        indicators: indicatorsIn(exposition, selectors),
        samples: latest(exposition.families.flatMap(({ samples }) => samples)),
        isWanted: (sample) => selectors.some(([, selector]) => selects(selector, sample)),
        notes: [],
      };
    },
  };
}

/** What is wrong with the selectors of a page. */
export function* mistakesOfPage({ indicators }: MetricsPage, where: string): Generator<Mistake> {
  for (const [name, text] of Object.entries(indicators)) yield* mistakesOfSelector(text, `${where}.indicators.${name}`);
}

async function scraped({ url, headers }: Reached, asking: Asking): Promise<Exposition> {
  const patience = { 'x-prometheus-scrape-timeout-seconds': String(asking.timeoutMs / 1_000) };
  const answer = await exchange({ url, headers: { ...patience, ...headers } }, asking);
  if (answer.status !== 200) throw unexpectedStatus(answer.status);
  const text = textOf(answer);
  try {
    return parseExposition(text, answer.contentType);
  } catch (thrown) {
    if (thrown instanceof MalformedExposition) throw new FailedScrape(`malformed answer: ${thrown.message}`);
    throw thrown;
  }
}

function indicatorsIn(answer: Exposition, selectors: Selectors): Scrape['indicators'] {
  const values = selectors.map(([name, selector]) => [name, sumOf(selector, answer)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}
