import * as z from 'zod';
import { INDICATORS, type IndicatorName } from '../../../core/indicator.ts';
import { duration, elsewhere, list, mapping, named, text, trust } from './fields.ts';

const headers = named(z.string({ error: 'a text' }), 'headers by name')
  .exactOptional()
  .describe('Headers to send with each request; values of the environment as ${env.NAME}.');

const name = text('a name, such as gateway').describe('What the source is called in reports.');

/** A text for each indicator. */
function byIndicator(mend: string, describe: (name: IndicatorName) => string) {
  const names = Object.keys(INDICATORS) as IndicatorName[];
  return mapping(
    Object.fromEntries(names.map((name) => [name, text(mend).exactOptional().describe(describe(name))])) as Record<
      IndicatorName,
      z.ZodExactOptional<z.ZodString>
    >,
  );
}

const SERVER_ONLY = 'for a Prometheus server write prometheus: and its address instead of url, and queries in PromQL';

const page = mapping(
  {
    name,
    url: text(
      'an address, or a path below url: /metrics; prometheus: https://prom.internal for a Prometheus server',
    ).describe('Where its metrics are: an address, or a path below url.'),
    presets: list(text('the name of a preset, such as node'), 'a list of names')
      .exactOptional()
      .describe('Names of presets that map well-known series to indicators.'),
    indicators: byIndicator(
      'a selector: auth_queue_length{pool="hash"}',
      (name) => `The series of ${INDICATORS[name].says}.`,
    )
      .exactOptional()
      .describe('Selectors of series by the indicator they are; matches are added up.'),
    headers,
  },
  {
    prometheus: elsewhere('a source has a url or is a Prometheus server, not both'),
    queries: elsewhere(`selectors on a page are called indicators; ${SERVER_ONLY}`),
    maxAge: elsewhere(`a page tells what is now; ${SERVER_ONLY}`),
    tls: elsewhere('pages are asked as the tls of the target says'),
  },
).describe("A page of the target's own in the Prometheus text format or OpenMetrics, scraped once a second.");

const PAGE_ONLY = 'on a page write its url instead of prometheus, and selectors as indicators';

const server = mapping(
  {
    name,
    prometheus: text('the address of the server: https://prom.internal').describe(
      'The Prometheus server that scrapes the target, by its address; it is asked every two seconds.',
    ),
    queries: byIndicator('PromQL: sum(auth_queue_length{job="auth"})', (name) => {
      const { kind, says } = INDICATORS[name];
      return kind === 'counter'
        ? `PromQL of ${says}: the counter as it is, sum(…_total), without rate() or increase().`
        : `PromQL of ${says}.`;
    })
      .exactOptional()
      .describe('PromQL by the indicator it gives; series of one result are added up.'),
    maxAge: duration('a length of time: 30s')
      .exactOptional()
      .describe(
        "How old a sample may be to count as told, 30s unless said otherwise; no less than twice the server's own scrape interval.",
      ),
    headers,
    tls: trust.exactOptional(),
  },
  {
    url: elsewhere('a source has a url or is a Prometheus server, not both'),
    indicators: elsewhere(`PromQL is called queries; ${PAGE_ONLY}`),
    presets: elsewhere(`presets are of selectors, which a server is not asked in; ${PAGE_ONLY}`),
  },
).describe('A Prometheus server that scrapes the target.');

/** Where a target's metrics are told. */
export const source = z.union([page, server], {
  error: 'a page, { name: auth, url: /metrics }, or a server, { name: prom, prometheus: https://prom.internal }',
});
