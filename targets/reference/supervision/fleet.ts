import type { Means } from '../../../core/means.ts';
import type { DatabaseAddress, MediaAddress, MediaPlaces } from '../gateway/order.ts';
import type { PeerTerms } from '../media/order.ts';
import type { MediaSettings } from '../media/settings.ts';
import { type MediaServer, startMediaServer } from './media.ts';
import { type Together, together } from './together.ts';

/** The media servers of a variant at work. */
export interface Fleet extends Together<FleetServer> {
  /** What the gateway is told of them. */
  readonly places: MediaPlaces;
  /** How faults can reach them. */
  readonly means: readonly Means[];
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
  /** Told where one listens, it says where participants, or other media servers, shall send to. */
  readonly route: (
    part: MediaName | PathName,
    upstream: DatabaseAddress,
    region: string | undefined,
  ) => Promise<DatabaseAddress>;
}

/** One of the ways between two regions, of which each has the same ones there and back: `us-eu-1`. */
export type PathName = `${string}-${string}-${number}`;

const HOST = '127.0.0.1';

/** Starts media servers; throws Mistakes when one cannot be started, and none is left then. */
export function startFleet(settings: MediaSettings, options: FleetOptions): Promise<Fleet> {
  const names = Array.from({ length: settings.servers }, (_, index): MediaName => `media-${index + 1}`);
  const { regions } = settings;
  const starting = names.map((name, index) => startedServer(name, settings, regions[index % regions.length], options));
  return together(starting, async (servers) => {
    const placed = servers.map(
      async (server): Promise<MediaAddress> => ({
        ...(await placeOf(server, options)),
        peers: await peersOf(server, servers, regions, options),
      }),
    );
    const places = { settings, servers: await Promise.all(placed) };
    const means = servers.map(
      ({ name, pidFile, region: within }): Means => ({
        ...{ by: 'process', pid: { file: pidFile }, part: name },
        ...(within !== undefined && { within }),
      }),
    );
    return { places, means };
  });
}

async function startedServer(
  name: MediaName,
  settings: MediaPlaces['settings'],
  region: string | undefined,
  { folder, signal, log, onDeath }: FleetOptions,
): Promise<FleetServer> {
  const server = await startMediaServer({
    ...{ name, settings, region, folder, signal, log },
    onDeath: (says) => onDeath(name, says),
  });
  return Object.assign(server, { name, metricsUrl: `http://${HOST}:${server.controlPort}/metrics` });
}

async function placeOf(server: FleetServer, { route }: FleetOptions): Promise<Omit<MediaAddress, 'peers'>> {
  const { name, port, controlPort, token, metricsUrl, region } = server;
  const address = await route(name, { host: HOST, port }, region);
  const place = { ...address, name, token, metricsUrl, control: `ws://${HOST}:${controlPort}/control` };
  return region === undefined ? place : { ...place, region };
}

/** How a server reaches the others, where they stand in regions. */
function peersOf(
  { name, region: own }: FleetServer,
  servers: readonly FleetServer[],
  regions: readonly string[],
  { route }: FleetOptions,
): Promise<PeerTerms[]> {
  const others = servers.filter((other) => other.name !== name);
  const asked = others.map(async (other): Promise<PeerTerms[]> => {
    const { region, trunkPorts } = other;
    if (own === undefined || region === undefined) return [];
    const ends = [own, region].toSorted((a, b) => regions.indexOf(a) - regions.indexOf(b));
    const routes = trunkPorts.map(async (port, index) => {
      const path: PathName = `${ends[0]}-${ends[1]}-${index + 1}`;
      return { ...(await route(path, { host: HOST, port }, undefined)), name: path };
    });
    const [first, second] = await Promise.all(routes);
    return first && second ? [{ name: other.name, region, routes: [first, second] }] : [];
  });
  return Promise.all(asked).then((all) => all.flat());
}
