import { collectDefaultMetrics, Registry } from 'prom-client';
import { counter, gauge } from '../scraped.ts';

/** What an edge tells of itself; everything is looked up when it is scraped. */
export function openMetrics(watched: {
  readonly requests: number;
  readonly bytes: number;
  readonly connections: number;
}): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  counter(registry, 'reference_edge_requests_total', 'Files that were asked for and sent.', () => watched.requests);
  counter(registry, 'reference_edge_bytes_total', 'Bytes of these.', () => watched.bytes);
  const help = 'Connections over which a file was sent within the last second.';
  gauge(registry, 'reference_edge_connections', help, () => watched.connections);
  return registry;
}
