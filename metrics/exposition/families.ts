import type { Family, Format, MetricType, Sample } from './family.ts';

/** Puts samples into families as they are read. */
export interface Families {
  /** Metadata may come in several lines, and after samples; what comes last counts, as in Prometheus. */
  describe(name: string, metadata: Metadata): void;
  add(sample: Sample): void;
  list(): readonly Family[];
}

/** What the lines before samples tell of a family. */
export type Metadata = Partial<Pick<Family, 'type' | 'help' | 'unit'>>;

interface Draft extends Metadata {
  readonly name: string;
  type: MetricType;
  /** Named by a line of metadata, not only by a sample. */
  described: boolean;
  readonly samples: Sample[];
}

/**
 * What sample names add to the name of their family, by type; a sample of exactly that name always belongs to it. From
 * the Prometheus text format 0.0.4 and OpenMetrics 1.0, "Suffixes".
 */
const SUFFIXES: Readonly<Record<Format, Readonly<Partial<Record<MetricType, readonly string[]>>>>> = {
  prometheus: { histogram: ['_bucket', '_count', '_sum'], summary: ['_count', '_sum'] },
  openmetrics: {
    counter: ['_total', '_created'],
    histogram: ['_bucket', '_count', '_sum', '_created'],
    gaugehistogram: ['_bucket', '_gcount', '_gsum'],
    summary: ['_count', '_sum', '_created'],
    info: ['_info'],
  },
};

/** An empty collection of families of a format. */
export function families(format: Format): Families {
  const suffixes = SUFFIXES[format];
  const known = new Map<string, Draft>();
  const open = (name: string): Draft => {
    const draft: Draft = known.get(name) ?? { name, type: 'unknown', described: false, samples: [] };
    known.set(name, draft);
    return draft;
  };
  const familyOf = (name: string): Draft => {
    const same = known.get(name);
    if (same?.described) return same;
    const cut = name.lastIndexOf('_');
    const stem = known.get(name.slice(0, Math.max(0, cut)));
    return stem && suffixes[stem.type]?.includes(name.slice(cut)) ? stem : open(name);
  };
  return {
    describe: (name, metadata) => Object.assign(open(name), metadata, { described: true }),
    add: (sample) => familyOf(sample.name).samples.push(sample),
    list: () => [...known.values()].map(({ described: _, ...family }) => family),
  };
}
