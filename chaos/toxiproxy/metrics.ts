import type { Counted, Counters } from './counters.ts';

/** Prometheus' text format. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** The metrics of the real server's `-proxy-metrics`; here they count while a connection is open, not when it is over. */
export function metricsText(counters: Counters): string {
  const rows = counters.read();
  return ['received', 'sent'].map((which) => family(which as 'received' | 'sent', rows)).join('');
}

function family(which: 'received' | 'sent', rows: readonly Counted[]): string {
  if (rows.length === 0) return '';
  const name = `toxiproxy_proxy_${which}_bytes_total`;
  const lines = rows.map((row) => `${name}{${labelsOf(row)}} ${row[which]}\n`);
  return `# HELP ${name} \n# TYPE ${name} counter\n${lines.join('')}`;
}

function labelsOf({ direction, listener, proxy, upstream }: Counted): string {
  return Object.entries({ direction, listener, proxy, upstream })
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',');
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
