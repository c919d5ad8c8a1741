import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Busyness, Instruction, News } from '../../media/order.ts';
import { ALL_LAYERS } from '../../media/view.ts';
import type { MediaAddress } from '../order.ts';

/** The line to one media server, opened again whenever it ends. */
export interface MediaLine {
  readonly isOpen: boolean;
  /** What it last said of itself. */
  readonly busyness: Busyness;
  tell(instruction: Instruction): void;
}

export interface LineOptions {
  readonly server: MediaAddress;
  /** After so long without a word it is taken for lost, in milliseconds. */
  readonly silence: number;
  /** What it says of seats. */
  heard(news: Exclude<News, Busyness>): void;
  /** It has said how busy it is. */
  busy(): void;
  /** The line has ended, and with it all seats there. */
  lost(): void;
  readonly log: (line: string) => void;
}

/** How long after its end a line is opened again, in milliseconds. */
const AGAIN = 100;
/** How often a silent line is looked for, in milliseconds. */
const LOOK = 250;

const IDLE: Busyness = { used: 0, layers: ALL_LAYERS, late: 0, waits: 0 };

/** Opens a line, and keeps it open for as long as the gateway runs; resolves when it was open for the first time. */
export async function openLine(options: LineOptions): Promise<MediaLine> {
  let socket: WebSocket | undefined;
  let busyness = IDLE;
  const keep = async (first: () => void) => {
    for (; ; await sleep(AGAIN)) {
      const opened = await connected(options.server);
      if (!opened) continue;
      socket = opened;
      first();
      await followed(opened, options, (told) => {
        busyness = told;
        options.busy();
      });
      socket = undefined;
      busyness = IDLE;
      options.log(`${options.server.name} is lost`);
      options.lost();
    }
  };
  await new Promise<void>((resolve, reject) => {
    keep(resolve).catch(reject);
  });
  return {
    get isOpen() {
      return socket !== undefined;
    },
    get busyness() {
      return busyness;
    },
    tell: (instruction) => socket?.send(JSON.stringify(instruction)),
  };
}

function connected({ control, token }: MediaAddress): Promise<WebSocket | undefined> {
  const socket = new WebSocket(control, { headers: { authorization: `Bearer ${token}` } });
  return new Promise((resolve) => {
    socket.once('open', () => resolve(socket));
    socket.on('error', () => resolve(undefined));
  });
}

/** Listens to a line until it ends or has been silent for too long. */
function followed(socket: WebSocket, { silence, heard }: LineOptions, busy: (told: Busyness) => void): Promise<void> {
  let last = performance.now();
  socket.on('message', (data) => {
    last = performance.now();
    const news = JSON.parse(data.toString()) as News;
    if (news.type === 'load') busy(news);
    else heard(news);
  });
  const watch = setInterval(() => {
    if (performance.now() - last > silence) socket.terminate();
  }, LOOK);
  return new Promise((resolve) => {
    socket.once('close', () => {
      clearInterval(watch);
      resolve();
    });
  });
}
