/** The types of metrics; what the Prometheus text format calls `untyped` is `unknown` here, as in OpenMetrics. */
export const METRIC_TYPES = [
  'counter',
  'gauge',
  'histogram',
  'summary',
  'unknown',
  'info',
  'stateset',
  'gaugehistogram',
] as const;

/** One of METRIC_TYPES. */
export type MetricType = (typeof METRIC_TYPES)[number];

/** What one scrape of a target says, its families in order of appearance. */
export interface Exposition {
  readonly format: Format;
  readonly families: readonly Family[];
}

/** `prometheus`: the text format 0.0.4, and 1.0.0, which adds quoted names. `openmetrics`: OpenMetrics text 1.0. */
export type Format = 'prometheus' | 'openmetrics';

/** Samples that belong together: a histogram with its buckets, a counter with all its labels. */
export interface Family {
  /** In OpenMetrics without the suffix of its samples: counter `logins` has samples `logins_total`. */
  readonly name: string;
  readonly type: MetricType;
  readonly help?: string;
  readonly unit?: string;
  readonly samples: readonly Sample[];
}

/** One value of one series. */
export interface Sample {
  readonly name: string;
  readonly labels: Labels;
  /** May be NaN or infinite. */
  readonly value: number;
  /** Milliseconds since 1970, when the target says when the value was taken; OpenMetrics may add a fraction. */
  readonly timestamp?: number;
  readonly exemplar?: Exemplar;
}

/** Label values by name. A label with an empty value is the same as none, and is left out. */
export type Labels = ReadonlyMap<string, string>;

/** An example of what a counter or bucket has counted, usually the trace it belongs to. OpenMetrics only. */
export interface Exemplar {
  readonly labels: Labels;
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly timestamp?: number;
}
