import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { instructionIn } from './instruction.ts';
import type { MediaMetrics } from './metrics.ts';
import type { Instruction, News } from './order.ts';
import { atFreePort } from './ports.ts';
import { HOST } from './socket.ts';

/** The line to the gateway. */
export interface Control {
  readonly port: number;
  /** Tells the gateway, if there is one. */
  tell(news: News): void;
}

export interface ControlOptions {
  readonly port: number;
  readonly token: string;
  readonly metrics: MediaMetrics;
  /** Does what the gateway says. */
  obey(instruction: Instruction): void;
  /** Called when the line to the gateway has ended. */
  lost(): void;
  readonly log: (line: string) => void;
}

/** Opens the HTTP server of a media server: `/metrics`, and `/control`, a WebSocket for whoever has the token. */
export async function openControl(options: ControlOptions): Promise<Control> {
  const { metrics, token } = options;
  const server = createServer((request, response) => void answered(request, response, metrics));
  const sockets = new WebSocketServer({ noServer: true, clientTracking: false });
  let gateway: WebSocket | undefined;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (request.url !== '/control' || !isAllowed(request, token)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      // There is one gateway: another line of it means that the first one is of no use any more.
      if (gateway) {
        gateway.terminate();
        options.lost();
      }
      gateway = opened;
      serve(opened, options, () => gateway === opened);
    });
  });
  await atFreePort(options.port, (port) => listening(server, port));
  return {
    port: (server.address() as AddressInfo).port,
    tell: (news) => gateway?.send(JSON.stringify(news)),
  };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function serve(line: WebSocket, { obey, lost, log }: ControlOptions, isCurrent: () => boolean): void {
  line.on('error', (error) => log(`control: ${error.message}`));
  line.on('message', (data) => {
    const instruction = isCurrent() ? instructionIn(data.toString()) : undefined;
    if (!instruction) return;
    obey(instruction);
    if (instruction.type === 'keep') line.send(JSON.stringify({ type: 'kept', key: instruction.key } satisfies News));
  });
  line.on('close', () => {
    if (isCurrent()) lost();
  });
}

function isAllowed({ headers }: IncomingMessage, token: string): boolean {
  const given = Buffer.from(headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function answered(
  { url, method }: IncomingMessage,
  response: ServerResponse,
  metrics: MediaMetrics,
): Promise<void> {
  if (method !== 'GET' || url !== '/metrics') {
    response.writeHead(404).end();
    return;
  }
  const { type, text } = await metrics.page();
  response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(text) }).end(text);
}
