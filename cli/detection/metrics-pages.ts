import type { FoundMetrics } from './detector.ts';
import { answerTo, get, type Probe, type Seen } from './probe.ts';

/** Where most systems tell their metrics. */
const METRICS_PATHS = ['/metrics', '/actuator/prometheus', '/prometheus'] as const;

/** Presets by what only they have. */
const PRESETS_BY_SERIES: readonly (readonly [preset: string, series: RegExp])[] = [
  ['prosody', /^prosody_/m],
  ['livekit', /^livekit_/m],
  ['reference', /^reference_logins_total/m],
  ['node', /^nodejs_eventloop_lag_seconds/m],
  ['process', /^process_cpu_seconds_total/m],
];

/** The questions that find pages of metrics. */
export function metricsProbes(): Probe[] {
  return METRICS_PATHS.map(get);
}

/** The pages of metrics that were found. */
export function metricsIn(seen: Seen): FoundMetrics[] {
  return METRICS_PATHS.flatMap((path) => {
    const answer = answerTo(seen, path);
    if (answer?.status !== 200 || !/^# (?:TYPE|HELP) \S+ /m.test(answer.body)) return [];
    const presets = PRESETS_BY_SERIES.filter(([, series]) => series.test(answer.body)).map(([preset]) => preset);
    // Presets of a system hold what its process tells.
    return [{ path, presets: presets.length > 1 ? presets.filter((one) => one !== 'process') : presets }];
  });
}

/** The lines of a declaration that name them. */
export function metricsYaml(found: readonly FoundMetrics[]): string {
  if (found.length === 0) return '';
  const lines = found.map(({ path, presets }, at) => {
    const name = found.length === 1 ? 'own' : `own-${at + 1}`;
    const known = presets.length > 0 ? `, presets: [${presets.join(', ')}]` : '';
    return `      - { name: ${name}, url: ${path}${known} }\n`;
  });
  return `    metrics:\n${lines.join('')}`;
}
