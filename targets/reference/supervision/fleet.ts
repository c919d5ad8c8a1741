import type { Means } from '../../../core/means.ts';
import type { DatabaseAddress, MediaPlaces } from '../gateway/order.ts';
import type { MediaSettings } from '../media/settings.ts';
import { type MediaServer, startMediaServer } from './media.ts';

/** The media servers of a variant at work. */
export interface Fleet {
  readonly servers: readonly FleetServer[];
  /** What the gateway is told of them. */
  readonly places: MediaPlaces;
  /** How faults can reach them. */
  readonly means: readonly Means[];
  stop(): Promise<void>;
}

interface FleetServer extends MediaServer {
  readonly name: MediaName;
  readonly metricsUrl: string;
}

/** What a media server is called, in `processes`, in its metrics source, and as the part of a service. */
export type MediaName = `media-${number}`;

export interface FleetOptions {
  /** The folder for pid files. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  readonly onDeath: (name: MediaName, says: string) => void;
  /** Told where one listens, it says where participants shall send to. */
  readonly route: (name: MediaName, upstream: DatabaseAddress) => Promise<DatabaseAddress>;
}

const HOST = '127.0.0.1';

/** Starts media servers; throws Mistakes when one cannot be started, and none is left then. */
export async function startFleet(settings: MediaSettings, options: FleetOptions): Promise<Fleet> {
  const names = Array.from({ length: settings.servers }, (_, index): MediaName => `media-${index + 1}`);
  const started = await Promise.allSettled(names.map((name) => startedServer(name, settings, options)));
  const servers = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const stop = async () => void (await Promise.all(servers.map((server) => server.stop())));
  try {
    for (const one of started) if (one.status === 'rejected') throw one.reason;
    const places = { settings, servers: await Promise.all(servers.map((server) => placeOf(server, options))) };
    const means = servers.map(({ name, pidFile }): Means => ({ by: 'process', pid: { file: pidFile }, part: name }));
    return { servers, places, means, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startedServer(
  name: MediaName,
  settings: MediaPlaces['settings'],
  { folder, signal, log, onDeath }: FleetOptions,
): Promise<FleetServer> {
  const server = await startMediaServer({
    ...{ name, settings, folder, signal, log },
    onDeath: (says) => onDeath(name, says),
  });
  return Object.assign(server, { name, metricsUrl: `http://${HOST}:${server.controlPort}/metrics` });
}

async function placeOf({ name, port, controlPort, token, metricsUrl }: FleetServer, { route }: FleetOptions) {
  const address = await route(name, { host: HOST, port });
  return { ...address, name, token, metricsUrl, control: `ws://${HOST}:${controlPort}/control` };
}
