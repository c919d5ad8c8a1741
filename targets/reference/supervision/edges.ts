import type { Means } from '../../../core/means.ts';
import type { EdgeReport } from '../edge/order.ts';
import type { DatabaseAddress, EdgeAddress } from '../gateway/order.ts';
import { type Kept, type KeptOptions, kept } from './kept.ts';
import { startProgram } from './program.ts';
import { type Together, together } from './together.ts';

/** The edges that have the web client, each of another provider. */
export interface Edges extends Together<Edge> {
  /** What the gateway is told of them. */
  readonly places: readonly EdgeAddress[];
  /** How faults can reach them. */
  readonly means: readonly Means[];
}

interface Edge extends Kept<{ readonly port: number }> {
  readonly name: EdgeName;
  readonly metricsUrl: string;
}

/** What an edge is called, in `processes`, in its metrics source, and as the part of a service. */
export type EdgeName = `edge-${number}`;

export interface EdgesOptions extends Omit<KeptOptions<Edge['ready']>, 'name' | 'start' | 'onDeath'> {
  readonly onDeath: (name: EdgeName, says: string) => void;
  /** Told where one listens, it says where people shall connect. */
  readonly route: (name: EdgeName, upstream: DatabaseAddress) => Promise<DatabaseAddress>;
}

const HOST = '127.0.0.1';
const NAMES: readonly EdgeName[] = ['edge-1', 'edge-2'];

/** Starts the edges; throws Mistakes when one cannot be started, and none is left then. */
export function startEdges(options: EdgesOptions): Promise<Edges> {
  const starting = NAMES.map((name) => startedEdge(name, options));
  return together(starting, async (servers) => {
    const places = await Promise.all(servers.map((server) => placeOf(server, options)));
    const means = servers.map(({ name, pidFile }): Means => ({ by: 'process', pid: { file: pidFile }, part: name }));
    return { places, means };
  });
}

async function startedEdge(name: EdgeName, options: EdgesOptions): Promise<Edge> {
  const { log, onDeath } = options;
  const edge = await kept<Edge['ready']>({
    ...{ ...options, name, onDeath: (says: string) => onDeath(name, says) },
    start: (before, signal) => {
      const order = { name, port: before?.port ?? 0 };
      return startProgram<EdgeReport>({ part: 'edge', name, spoken: name, order, signal, log });
    },
  });
  return Object.assign(edge, { name, metricsUrl: `http://${HOST}:${edge.ready.port}/metrics` });
}

async function placeOf({ name, ready, metricsUrl }: Edge, { route }: EdgesOptions): Promise<EdgeAddress> {
  const { host, port } = await route(name, { host: HOST, port: ready.port });
  return { name, url: `http://${host}:${port}`, metricsUrl };
}
