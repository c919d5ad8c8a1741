import { validateHeaderName, validateHeaderValue } from 'node:http';
import { type Mistake, Mistakes } from '../../core/mistake.ts';
import type { MetricsSource } from '../../core/target.ts';
import { watchedServer } from '../prometheus/server.ts';
import type { Watched } from './look.ts';
import { mistakesOfPage, watchedPage } from './page.ts';

/** Makes a source ready; its kind says how. */
export function watched(source: MetricsSource): Watched {
  return source.kind === 'page' ? watchedPage(source) : watchedServer(source);
}

/** Throws Mistakes for sources that cannot be asked, all at once, that quote neither URLs nor the values of headers. */
export function checkSources(sources: readonly MetricsSource[]): void {
  const mistakes = sources.flatMap((source, at) => [...mistakesOf(source, sources.slice(0, at))]);
  if (mistakes.length > 0) throw new Mistakes(mistakes);
}

function* mistakesOf(source: MetricsSource, before: readonly MetricsSource[]): Generator<Mistake> {
  const where = `metrics.${source.name}`;
  if (before.some(({ name }) => name === source.name))
    yield { where, what: 'is the name of two sources', mend: 'give each its own' };
  if (!URL.canParse(source.url) || !/^https?:$/.test(new URL(source.url).protocol)) {
    const mend = `write it like http://host:9090${source.kind === 'page' ? '/metrics' : ''}`;
    yield { where: `${where}.url`, what: 'is not an http or https URL', mend };
  }
  for (const [name, value] of Object.entries(source.headers)) {
    const mend = 'keep to one line of plain text';
    if (!isHeader(name, value)) yield { where: `${where}.headers.${name}`, what: 'cannot be sent as a header', mend };
  }
  if (source.kind === 'page') yield* mistakesOfPage(source, where);
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
