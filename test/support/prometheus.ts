import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { pathOf } from './real-part.ts';

/** A real Prometheus on the loopback that scrapes what it was told to. */
export interface Prometheus {
  readonly url: string;
  /** Asks its HTTP API; the answer's `data`, or throws with what it says is wrong. */
  ask<T>(path: string, parameters?: Readonly<Record<string, string>>): Promise<T>;
  stop(): Promise<void>;
}

/** One job with one target: `http://host:port/path`. */
export interface Job {
  readonly name: string;
  readonly url: string;
}

const LONGEST_LIFE = 120_000;

/** Starts Prometheus in a fresh folder and waits until it is ready; it is killed by its process id, in 2 minutes at last unless told. */
export async function startPrometheus(jobs: readonly Job[], longestLife = LONGEST_LIFE): Promise<Prometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'stormtest-prometheus-'));
  const address = `127.0.0.1:${await freePort()}`;
  await writeFile(join(folder, 'prometheus.yml'), configuration(jobs));
  const child = spawn(
    pathOf('prometheus') ?? 'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
      '--enable-feature=exemplar-storage',
      '--log.level=error',
    ],
    { stdio: 'ignore' },
  );
  const stop = stopping(child, folder);
  const limit = setTimeout(stop, longestLife);
  const prometheus: Prometheus = {
    url: `http://${address}`,
    ask: (path, parameters = {}) => asked(`http://${address}/api/v1/${path}?${new URLSearchParams(parameters)}`),
    stop: async () => {
      clearTimeout(limit);
      await stop();
    },
  };
  await eventually('Prometheus is ready', async () => (await fetch(`${prometheus.url}/-/ready`)).ok).catch(
    async (late) => {
      await prometheus.stop();
      throw late;
    },
  );
  return prometheus;
}

/** Asks again and again until the answer is true; fails after half a minute. */
export async function eventually(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  for (const end = performance.now() + 30_000; performance.now() < end; await sleep(50)) {
    if (await Promise.resolve(holds()).catch(() => false)) return;
  }
  throw new Error(`in vain: ${what}`);
}

function configuration(jobs: readonly Job[]): string {
  const targets = jobs.map(({ name, url }) => ({
    job_name: name,
    metrics_path: new URL(url).pathname,
    static_configs: [{ targets: [new URL(url).host] }],
  }));
  return stringify({ global: { scrape_interval: '1s', scrape_timeout: '1s' }, scrape_configs: targets });
}

async function asked<T>(url: string): Promise<T> {
  const answer = (await (await fetch(url)).json()) as { status: string; data: T; error?: string };
  if (answer.status !== 'success') throw new Error(answer.error);
  return answer.data;
}

function stopping(child: ChildProcess, folder: string): () => Promise<void> {
  const ended = once(child, 'exit');
  return async () => {
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(kill);
    await rm(folder, { recursive: true, force: true });
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
