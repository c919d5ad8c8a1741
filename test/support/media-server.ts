import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { WebSocket } from 'ws';
import type { Instruction, News } from '../../targets/reference/media/order.ts';
import { MEDIA_VARIANTS, type MediaSettings } from '../../targets/reference/media/settings.ts';
import { type MediaServer, startMediaServer } from '../../targets/reference/supervision/media.ts';
import type { VariantName } from '../../targets/reference/variants.ts';
import { type MediaPeer, mediaPeer } from './media-peer.ts';
import { eventually } from './reference.ts';

/** A media server of its own process, the line of a gateway to it, and participants. */
export interface MediaHall {
  readonly server: MediaServer;
  readonly news: News[];
  readonly deaths: string[];
  tell(instruction: Instruction): void;
  /** Says anything at all on the line of the gateway. */
  say(text: string): void;
  /** Keeps a seat and takes it. */
  seated(meeting: string, key: string, audio: number, video?: number): Promise<MediaPeer>;
  /** A participant without a seat. */
  stranger(): Promise<MediaPeer>;
  /** Opens the line of a gateway anew. */
  connect(): Promise<void>;
  /** A series of its metrics, written as it stands there. */
  metric(series: string): Promise<number>;
}

/** Gives the tests of a suite a media server of a variant; who sits there is gone after each of them. */
export function useMediaServer(
  variant: VariantName,
  changed: Partial<MediaSettings> = {},
  region?: string,
): () => MediaHall {
  let folder: string;
  let hall: MediaHall | undefined;
  let line: WebSocket | undefined;
  const peers: MediaPeer[] = [];
  const known = () => {
    if (!hall) throw new Error('the media server is not there yet');
    return hall;
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'media-'));
    const [news, deaths]: [News[], string[]] = [[], []];
    const server = await startMediaServer({
      ...{ name: region ?? 'media-1', region, folder, signal: new AbortController().signal, log: () => {} },
      settings: { ...MEDIA_VARIANTS[variant], ...changed },
      onDeath: (says) => deaths.push(says),
    });
    const stranger = async () => {
      const peer = await mediaPeer(server.port);
      peers.push(peer);
      return peer;
    };
    const say = (text: string) => line?.send(text);
    const tell = (instruction: Instruction) => say(JSON.stringify(instruction));
    hall = {
      ...{ server, news, deaths, say, tell, stranger },
      async seated(meeting, key, audio, video = audio + 1) {
        tell({ type: 'keep', key, meeting, audio, video });
        await eventually(() => news.some((one) => one.type === 'kept' && one.key === key));
        const peer = await stranger();
        await peer.bind(key);
        return peer;
      },
      async connect() {
        line?.close();
        line = await controlLine(server, news);
      },
      metric: (series) => metricOf(server, series),
    };
  });
  afterEach(async () => {
    for (const peer of peers.splice(0)) peer.close();
    line?.close();
    line = undefined;
    known().news.length = 0;
    await eventually(async () => (await known().metric('reference_media_seats_kept')) === 0);
  });
  afterAll(async () => {
    await hall?.server.stop();
    rmSync(folder, { recursive: true });
  });
  return known;
}

async function controlLine({ controlPort, token }: MediaServer, news: News[]): Promise<WebSocket> {
  const headers = { authorization: `Bearer ${token}` };
  const line = new WebSocket(`ws://127.0.0.1:${controlPort}/control`, { headers });
  line.on('message', (data) => news.push(JSON.parse(data.toString())));
  line.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    line.once('open', resolve);
    line.once('error', reject);
  });
  return line;
}

async function metricOf({ controlPort }: MediaServer, series: string): Promise<number> {
  const page = await (await fetch(`http://127.0.0.1:${controlPort}/metrics`)).text();
  const lines = page.split('\n').map((line) => line.replace(/,?region="\w+"/, '').replace('{}', ''));
  const found = lines.find((one) => one.startsWith(`${series} `));
  return Number(found?.slice(series.length));
}
