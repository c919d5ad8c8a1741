import type { Exposition, Format } from './exposition/family.ts';
import { linesOf } from './exposition/line.ts';
import { parseOpenMetrics } from './exposition/openmetrics.ts';
import { parsePrometheus } from './exposition/prometheus.ts';

/**
 * Reads what a metrics endpoint answers: OpenMetrics text when its Content-Type says so, otherwise the Prometheus text
 * format; without a Content-Type a last line `# EOF` tells. It takes what Prometheus takes where that is within the
 * grammar of the formats, in linear time, and throws MalformedExposition for anything else: one bad line spoils the
 * whole, as in Prometheus. Sources: prometheus.io, "Exposition formats" and "OpenMetrics 1.0".
 */
export function parseExposition(text: string, contentType?: string): Exposition {
  const lines = linesOf(text);
  return formatOf(text, contentType) === 'openmetrics' ? parseOpenMetrics(lines) : parsePrometheus(lines);
}

function formatOf(text: string, contentType: string | undefined): Format {
  const isOpenMetrics =
    contentType === undefined
      ? /(?:^|\n)# EOF\n?$/.test(text.slice(-8))
      : contentType.split(';', 1)[0]?.trim().toLowerCase() === 'application/openmetrics-text';
  return isOpenMetrics ? 'openmetrics' : 'prometheus';
}
