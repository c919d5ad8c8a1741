import { Counter, collectDefaultMetrics, Histogram, type OpenMetricsContentType, Registry, Summary } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scrape } from '../../core/event.ts';
import type { Family, Sample } from '../../metrics/exposition/family.ts';
import { parseExposition } from '../../metrics/exposition.ts';
import { histogramQuantile, histogramsOf } from '../../metrics/histograms.ts';
import { processPreset } from '../../metrics/presets.ts';
import { scrapes } from '../../metrics/scrape.ts';
import { parseSelector, sumOf } from '../../metrics/selector.ts';
import { latest, seriesKey } from '../../metrics/series.ts';
import { ODD, OPENMETRICS, TEXT, VERDICTS } from '../support/exposition-cases.ts';
import { openMetricsSample } from '../support/openmetrics-sample.ts';
import { eventually, type Prometheus, startPrometheus } from '../support/prometheus.ts';
import { describeWith } from '../support/real-part.ts';
import { NO_SELECTORS, SELECTORS } from '../support/selector-cases.ts';
import { eventsOf } from '../support/watched-run.ts';
import { type WebServer, webServer } from '../support/web-server.ts';

interface Frozen {
  readonly text: string;
  readonly contentType: string;
}

interface Stored {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

/** What Prometheus adds to every scrape. */
const ADDED = /^(?:up|scrape_\w+)$/;

describeWith('prometheus', 'what Prometheus itself makes of the same texts', () => {
  const pages = new Map<string, Frozen>();
  const verdicts = new Map(VERDICTS.map(([text, contentType], at) => [`verdict-${at}`, { text, contentType }]));
  let server: WebServer;
  let prometheus: Prometheus;

  beforeAll(async () => {
    server = await webServer((request, response) => {
      const page = pages.get(request.url?.slice(1) ?? '');
      if (page === undefined) response.writeHead(503).end();
      else response.writeHead(200, { 'content-type': page.contentType }).end(page.text);
    });
    const names = [
      'own-text',
      'own-openmetrics',
      'client-text',
      'client-openmetrics',
      'everything',
      'odd',
      ...verdicts.keys(),
    ];
    prometheus = await startPrometheus(names.map((name) => ({ name, url: `${server.url}/${name}` })));
    pages.set('own-text', await frozen(`${prometheus.url}/metrics`, TEXT));
    pages.set('own-openmetrics', await frozen(`${prometheus.url}/metrics`, OPENMETRICS));
    pages.set('client-text', { text: await clientMetrics(TEXT), contentType: TEXT });
    pages.set('client-openmetrics', { text: await clientMetrics(OPENMETRICS), contentType: OPENMETRICS });
    pages.set('everything', { text: openMetricsSample(Date.now() / 1_000), contentType: OPENMETRICS });
    pages.set('odd', { text: ODD, contentType: TEXT });
    for (const [name, page] of verdicts) pages.set(name, page);
    await eventually('everything was scraped', async () => {
      const { activeTargets } = await prometheus.ask<Targets>('targets');
      const isSettled = activeTargets.map(({ labels, health, lastError }) =>
        labels.job.startsWith('verdict-') ? health !== 'unknown' && !lastError.includes('503') : health === 'up',
      );
      return isSettled.length === names.length && isSettled.every(Boolean);
    });
  });

  afterAll(async () => {
    await prometheus?.stop();
    await server?.stop();
  });

  const parsed = (job: string) => {
    const page = pages.get(job);
    if (page === undefined) throw new Error(`no page ${job}`);
    return parseExposition(page.text, page.contentType);
  };

  describe.each([
    ['its own metrics as text', 'own-text', 300],
    ['its own metrics as OpenMetrics', 'own-openmetrics', 300],
    ['prom-client as text', 'client-text', 50],
    ['prom-client as OpenMetrics', 'client-openmetrics', 50],
    ['everything OpenMetrics has', 'everything', 30],
    ['an odd text', 'odd', 10],
  ])('%s', (_, job, least) => {
    it('has the same series with the same values', async () => {
      const { result } = await prometheus.ask<{ result: Stored[] }>('query', { query: `{job="${job}"}` });
      const stored = result.filter(({ metric }) => !ADDED.test(metric.__name__ ?? ''));
      const ours = [...latest(samplesOf(parsed(job).families)).values()];
      expect(stored.length).toBeGreaterThanOrEqual(least);
      expect(sorted(ours.map((sample) => [seriesKey(sample), sample.value]))).toEqual(sorted(stored.map(toPair)));
    });

    it('has the same number of samples', async () => {
      const query = `scrape_samples_scraped{job="${job}"}`;
      const { result } = await prometheus.ask<{ result: Stored[] }>('query', { query });
      expect(samplesOf(parsed(job).families).length).toBe(Number(result[0]?.value[1]));
    });

    it('has the same types, helps and units', async () => {
      const told = await prometheus.ask<Metadata[]>('targets/metadata', { match_target: `{job="${job}"}` });
      const ours = parsed(job).families.filter(({ type, help, unit }) => type !== 'unknown' || help || unit);
      const theirs = told.filter(({ type, help, unit }) => type !== 'unknown' || help || unit);
      expect(sorted(ours.map(({ name, type, help = '', unit = '' }) => [name, [type, help, unit]]))).toEqual(
        sorted(theirs.map(({ metric, type, help, unit }) => [metric, [type, help, unit]])),
      );
    });
  });

  it('has the same exemplars', async () => {
    const [start, end] = [Date.now() / 1_000 - 600, Date.now() / 1_000 + 60].map(String) as [string, string];
    const stored = await prometheus.ask<StoredExemplars[]>('query_exemplars', {
      query: '{job="everything"}',
      start,
      end,
    });
    const theirs = stored.flatMap(({ seriesLabels, exemplars }) =>
      exemplars.slice(0, 1).map(({ labels, value }) => [keyOf(seriesLabels), [labels, Number(value)]] as const),
    );
    const ours = samplesOf(parsed('everything').families).flatMap(({ exemplar, ...sample }) =>
      exemplar ? [[seriesKey(sample), [Object.fromEntries(exemplar.labels), exemplar.value]] as const] : [],
    );
    expect(theirs.length).toBeGreaterThanOrEqual(4);
    expect(sorted(ours)).toEqual(sorted(theirs));
  });

  it.each(VERDICTS.map(([text, contentType], at) => [text, contentType, `verdict-${at}`] as const))(
    'is of one mind with us about %j (%s)',
    async (text, contentType, job) => {
      const { activeTargets } = await prometheus.ask<Targets>('targets');
      const target = activeTargets.find(({ labels }) => labels.job === job);
      expect(accepts({ text, contentType }) ? 'up' : 'down', target?.lastError).toBe(target?.health);
    },
  );

  it('estimates the same quantiles', async () => {
    const histograms = ['odd', 'everything', 'client-text'].flatMap((job) =>
      parsed(job).families.flatMap((family) => histogramsOf(family).map((histogram) => ({ job, family, histogram }))),
    );
    expect(histograms.length).toBeGreaterThanOrEqual(8);
    for (const { job, family, histogram } of histograms) {
      for (const q of [-1, 0, 0.01, 0.25, 0.5, 0.9, 0.99, 1, 2]) {
        const labels = [...histogram.labels, ['job', job]].map(([name, value]) => `${name}=${JSON.stringify(value)}`);
        const query = `histogram_quantile(${q}, ${family.name}_bucket{${labels.join(',')}})`;
        const { result } = await prometheus.ask<{ result: Stored[] }>('query', { query });
        const theirs = numberOf(result[0]?.value[1] ?? 'NaN');
        const ours = histogramQuantile(q, histogram.buckets) ?? Number.NaN;
        if (Number.isFinite(theirs)) expect(ours, query).toBeCloseTo(theirs, 12);
        else expect(ours, query).toBe(theirs);
      }
    }
  });

  it('is scraped by us as it scrapes others', async () => {
    const url = `${prometheus.url}/metrics`;
    const actor = scrapes([{ kind: 'page', name: 'prometheus', url, headers: {}, indicators: processPreset }], {
      intervalMs: 100,
      mostSeries: 100_000,
    });
    const events = await eventsOf(actor, (seen) => seen.length >= 3);
    for (const event of events) expect(event).toMatchObject({ kind: 'scrape', up: 1 });
    const [first, second] = events as readonly Scrape[];
    expect(Object.keys(first?.series ?? {}).length).toBeGreaterThan(300);
    expect(Object.keys(second?.series ?? {}).length).toBeLessThan(Object.keys(first?.series ?? {}).length / 2);
    expect(first?.indicators['process.started']).toBeGreaterThan(Date.now() / 1_000 - 300);
    expect(first?.indicators['process.memory']).toBeGreaterThan(1e6);
    expect(first?.indicators['process.cpu']).toBeGreaterThan(0);
  });

  it.each(SELECTORS)('selects and adds up the same with %s', async (name, matchers) => {
    const query = `sum(${name}{job="client-text"${matchers && `,${matchers}`}})`;
    const { result } = await prometheus.ask<{ result: Stored[] }>('query', { query });
    const ours = sumOf(parseSelector(`${name}{${matchers}}`), parsed('client-text'));
    const theirs = result[0] && Number(result[0].value[1]);
    if (theirs === undefined) expect(ours).toBeUndefined();
    else expect(ours).toBeCloseTo(theirs, 9);
  });

  it('selects something with most of these selectors', () => {
    const sums = SELECTORS.map(([name, matchers]) =>
      sumOf(parseSelector(`${name}{${matchers}}`), parsed('client-text')),
    );
    expect(sums.filter((sum) => sum !== undefined).length).toBeGreaterThan(SELECTORS.length / 2);
  });

  it.each(NO_SELECTORS)('refuses the selector %s as we do', async (text) => {
    await expect(prometheus.ask('query', { query: text })).rejects.toThrow();
    expect(() => parseSelector(text)).toThrow(/^selector: expected /);
  });
});

interface Targets {
  readonly activeTargets: readonly {
    readonly labels: { readonly job: string };
    readonly health: 'up' | 'down' | 'unknown';
    readonly lastError: string;
  }[];
}

interface Metadata {
  readonly metric: string;
  readonly type: string;
  readonly help: string;
  readonly unit: string;
}

interface StoredExemplars {
  readonly seriesLabels: Readonly<Record<string, string>>;
  readonly exemplars: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: string }[];
}

function samplesOf(families: readonly Family[]): Sample[] {
  return families.flatMap(({ samples }) => samples);
}

function accepts({ text, contentType }: Frozen): boolean {
  try {
    parseExposition(text, contentType);
    return true;
  } catch {
    return false;
  }
}

function toPair({ metric, value }: Stored): readonly [string, number] {
  return [keyOf(metric), numberOf(value[1])];
}

function keyOf({ __name__: name = '', job: _job, instance: _instance, ...labels }: Stored['metric']): string {
  return seriesKey({ name, labels: new Map(Object.entries(labels)) });
}

function numberOf(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}

function sorted<T>(pairs: readonly (readonly [string, T])[]): readonly (readonly [string, T])[] {
  return pairs.toSorted(([a], [b]) => (a < b ? -1 : 1));
}

async function frozen(url: string, accept: string): Promise<Frozen> {
  const response = await fetch(url, { headers: { accept: accept.replace(/;.*/, '') } });
  return { text: await response.text(), contentType: response.headers.get('content-type') ?? '' };
}

/** What a Node process with prom-client exposes, with labels that need every escape. */
async function clientMetrics(contentType: string): Promise<string> {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(contentType as OpenMetricsContentType);
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const logins = new Counter({
    name: 'logins',
    help: 'Logins \\ with\na break',
    labelNames: ['result', 'who'],
    registers,
  });
  const people = ['plain', 'quo"ted', 'back\\slash', 'line\nbreak', 'Zoë ☃ 😀', '\\n', 'x.y', 'a-b_c', '{}'];
  for (const [at, who] of people.entries()) logins.inc({ result: at % 2 === 0 ? 'granted' : 'denied', who }, at + 0.1);
  const wait = new Histogram({ name: 'wait_seconds', help: 'Waiting', labelNames: ['class'], registers });
  for (let n = 0; n < 500; n += 1) wait.observe({ class: ['login', 'join'][n % 2] ?? '' }, (n * n) / 20_000);
  const size = new Summary({ name: 'size_bytes', help: 'Sizes', labelNames: ['class'], registers });
  for (let n = 0; n < 100; n += 1) size.observe({ class: 'chat' }, n);
  return registry.metrics();
}
