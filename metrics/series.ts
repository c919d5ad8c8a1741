import type { Sample } from './exposition/family.ts';

const PLAIN_NAME = /^[a-zA-Z_:][\w:]*$/;
const PLAIN_LABEL = /^[a-zA-Z_]\w*$/;
const SPECIAL = /[\\"\n]/g;

/**
 * The identity of a series as a text, the same for any order of labels: `name{a="x",b="y"}`, with the name in the braces
 * and quotes around it when it is outside the classic alphabet.
 */
export function seriesKey({ name, labels }: Pick<Sample, 'name' | 'labels'>): string {
  const pairs = [...labels]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => `${PLAIN_LABEL.test(label) ? label : quoted(label)}=${quoted(value)}`);
  if (!PLAIN_NAME.test(name)) return `{${[quoted(name), ...pairs].join(',')}}`;
  return pairs.length > 0 ? `${name}{${pairs.join(',')}}` : name;
}

/**
 * One sample for each series, by its key: the one with the latest timestamp, as OpenMetrics may tell several points of
 * a series; of equal ones the first, as Prometheus keeps it.
 */
export function latest(samples: Iterable<Sample>): Map<string, Sample> {
  const found = new Map<string, Sample>();
  for (const sample of samples) {
    const key = seriesKey(sample);
    const known = found.get(key);
    if (!known || (sample.timestamp ?? Number.NEGATIVE_INFINITY) > (known.timestamp ?? Number.NEGATIVE_INFINITY))
      found.set(key, sample);
  }
  return found;
}

function quoted(text: string): string {
  return `"${text.replace(SPECIAL, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`))}"`;
}
