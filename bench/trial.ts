import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Accounted, accounted } from './accounted.ts';
import type { Bench } from './bench.ts';
import { onCore } from './cores.ts';
import type { Peer, Told } from './peers/peer.ts';
import type { Server } from './server/server.ts';

/** What a load generator did in one trial. */
export interface Tried<Noticed> {
  readonly told: Told;
  /** CPU seconds per 10,000 requests that reached the server: the whole process, its start included. */
  readonly cpu: number;
  /** Requests that reached the server. */
  readonly seen: number;
  readonly stdout: string;
  /** What was noticed meanwhile. */
  readonly noticed: Noticed;
}

/** A load to make: requests per second, or undefined for as fast as it goes, and for how many seconds. */
export interface Load {
  readonly rate: number | undefined;
  readonly seconds: number;
  /** Requests that may be under way at once, for clients that can be told so; without it as many as it takes. */
  readonly atOnce?: number;
}

/** What is done or watched while a load generator works. */
export type Meanwhile<Noticed> = (process: Accounted, signal: AbortSignal) => Promise<Noticed>;

/** How long beyond its load a process may take. */
const GRACE = 30_000;

/** Lets a load generator make a load, on the client's core, and accounts for it. */
export async function tried<Noticed>(
  peer: Peer,
  { rate, seconds, atOnce }: Load,
  server: Server,
  bench: Bench,
  meanwhile: Meanwhile<Noticed>,
): Promise<Tried<Noticed>> {
  const folder = mkdtempSync(join(bench.folder, `${peer.name}-`));
  const trial = { url: server.url, rate, seconds, atOnce, folder };
  const failed = new AbortController();
  const signal = AbortSignal.any([bench.signal, failed.signal]);
  try {
    const before = await server.seen();
    const limit = seconds * 1_000 + GRACE;
    const process = accounted(onCore(bench.cores, 'client', peer.command(trial)), { limit, signal });
    const [ended, noticed] = await Promise.all([process.ended, meanwhile(process, signal)]);
    const seen = (await server.seen()) - before;
    const told = await peer.told(trial, ended);
    return { told, cpu: (ended.cpu / seen) * 10_000, seen, stdout: ended.stdout, noticed };
  } catch (thrown) {
    failed.abort(thrown);
    throw thrown;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
