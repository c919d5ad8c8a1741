import { randomBytes } from 'node:crypto';
import type { MediaReport } from '../media/order.ts';
import type { MediaSettings } from '../media/settings.ts';
import { type Kept, type KeptOptions, kept } from './kept.ts';
import { startProgram } from './program.ts';

/** A media server that is started again whenever it ends. */
export interface MediaServer extends Kept<Ports>, Ports {
  readonly token: string;
}

interface Ports {
  /** Of its UDP socket; the same ones again after each start. */
  readonly port: number;
  readonly controlPort: number;
}

export interface MediaServerOptions extends Omit<KeptOptions<Ports>, 'start'> {
  readonly settings: MediaSettings;
}

/** Starts a media server and keeps it running; throws Mistakes when it cannot be started the first time. */
export async function startMediaServer(options: MediaServerOptions): Promise<MediaServer> {
  const { name, settings, log } = options;
  const token = randomBytes(18).toString('base64url');
  const flags = [`--max-old-space-size=${settings.heapMegabytes}`];
  const server = await kept<Ports>({
    ...options,
    start: (before, signal) => {
      const { port, controlPort } = before ?? { port: 0, controlPort: 0 };
      const order = { name, settings, token, port, controlPort };
      return startProgram<MediaReport>({ part: 'media', name, spoken: name, flags, order, signal, log });
    },
  });
  const { port, controlPort } = server.ready;
  return Object.assign(server, { token, port, controlPort });
}
