import { randomBytes } from 'node:crypto';
import type { MediaOrder, MediaReport } from '../media/order.ts';
import type { MediaSettings } from '../media/settings.ts';
import { ROUTES } from '../media/trunk.ts';
import { type Kept, type KeptOptions, kept } from './kept.ts';
import { startProgram } from './program.ts';

/** A media server that is started again whenever it ends. */
export interface MediaServer extends Kept<Ports>, Ports {
  readonly region: string | undefined;
  readonly token: string;
}

interface Ports {
  /** Of its UDP socket; the same ones again after each start. */
  readonly port: number;
  readonly controlPort: number;
  /** Where other media servers send to, a port for each way; none where it stands in no region. */
  readonly trunkPorts: readonly number[];
}

export interface MediaServerOptions extends Omit<KeptOptions<Ports>, 'start'> {
  readonly settings: MediaSettings;
  /** Where it stands, if that is anywhere in particular. */
  readonly region?: string | undefined;
}

/** Starts a media server and keeps it running; throws Mistakes when it cannot be started the first time. */
export async function startMediaServer(options: MediaServerOptions): Promise<MediaServer> {
  const { name, settings, region, log } = options;
  const token = randomBytes(18).toString('base64url');
  const { heapMegabytes, dataMegabytes } = settings;
  const flags = [`--max-old-space-size=${heapMegabytes}`];
  const anyPorts: Ports = { port: 0, controlPort: 0, trunkPorts: region === undefined ? [] : ROUTES.map(() => 0) };
  const server = await kept<Ports>({
    ...options,
    start: (before, signal) => {
      const { port, controlPort, trunkPorts } = before ?? anyPorts;
      const order: MediaOrder = { name, settings, token, port, controlPort, trunkPorts, ...(region && { region }) };
      const program = { part: 'media', name, spoken: name, flags, dataMegabytes } as const;
      return startProgram<MediaReport>({ ...program, order, signal, log });
    },
  });
  const { port, controlPort, trunkPorts } = server.ready;
  return Object.assign(server, { token, region, port, controlPort, trunkPorts });
}
