import { validateHeaderName, validateHeaderValue } from 'node:http';
import querystring from 'node:querystring';
import type { IndicatorName } from '../../core/indicator.ts';
import { type Mistake, Mistakes } from '../../core/mistake.ts';
import type { MetricsSource } from '../../core/target.ts';
import { mistakesOfSelector, parseSelector, type Selector } from '../selector.ts';

/** A metrics source made ready to be asked. */
export interface Watched {
  readonly name: string;
  /** Without user and password, which go into the headers. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly insecure: boolean;
  readonly selectors: readonly (readonly [IndicatorName, Selector])[];
}

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

/** Makes sources ready; throws Mistakes, all at once, that quote neither URLs nor the values of headers. */
export function watchedSources(sources: readonly MetricsSource[], timeoutMs: number): readonly Watched[] {
  const mistakes = sources.flatMap((source, at) => [...mistakesOf(source, sources.slice(0, at))]);
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  return sources.map((source) => watched(source, timeoutMs));
}

function watched(
  { name, url: text, headers, indicators, insecure = false }: MetricsSource,
  timeoutMs: number,
): Watched {
  const url = new URL(text);
  const user = [url.username, url.password].map(querystring.unescape).join(':');
  url.username = '';
  url.password = '';
  return {
    name,
    url: url.href,
    insecure,
    headers: {
      accept: ACCEPT,
      'accept-encoding': 'identity',
      'user-agent': 'stormtest',
      'x-prometheus-scrape-timeout-seconds': String(timeoutMs / 1_000),
      ...(user !== ':' && { authorization: `Basic ${Buffer.from(user).toString('base64')}` }),
      ...Object.fromEntries(Object.entries(headers).map(([header, value]) => [header.toLowerCase(), value])),
    },
    selectors: Object.entries(indicators).map(([indicator, text]) => [indicator as IndicatorName, parseSelector(text)]),
  };
}

function* mistakesOf(source: MetricsSource, before: readonly MetricsSource[]): Generator<Mistake> {
  const where = `metrics.${source.name}`;
  if (before.some(({ name }) => name === source.name))
    yield { where, what: 'is the name of two sources', mend: 'give each its own' };
  if (!URL.canParse(source.url) || !/^https?:$/.test(new URL(source.url).protocol)) {
    const mend = 'write it like http://host:9090/metrics';
    yield { where: `${where}.url`, what: 'is not an http or https URL', mend };
  }
  for (const [name, value] of Object.entries(source.headers)) {
    const mend = 'keep to one line of plain text';
    if (!isHeader(name, value)) yield { where: `${where}.headers.${name}`, what: 'cannot be sent as a header', mend };
  }
  for (const [name, text] of Object.entries(source.indicators))
    yield* mistakesOfSelector(text, `${where}.indicators.${name}`);
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
