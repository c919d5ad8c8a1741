import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { unprivileged } from '../../targets/reference/supervision/owner.ts';

/** A real database of a test's own, on the loopback and on a Unix socket in its folder. */
export interface Database {
  readonly folder: string;
  readonly port: number;
  /** Ends the server for good, by its id, and removes its folder. */
  stop(): Promise<void>;
}

/** A folder of its own, with a certificate, that belongs to whoever the server runs as. */
export function databaseFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stormtest-db-'));
  chmodSync(folder, 0o755);
  const [key, certificate] = [join(folder, 'server.key'), join(folder, 'server.crt')];
  const subject = ['-subj', '/CN=localhost', '-days', '2', '-keyout', key, '-out', certificate];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject], { stdio: 'ignore' });
  chmodSync(key, 0o600);
  const owner = unprivileged();
  for (const path of owner ? [folder, key, certificate] : []) chownSync(path, owner?.uid ?? 0, owner?.gid ?? 0);
  return folder;
}

/** Starts a server in its folder, and waits until it answers; ends after three minutes at last. */
export async function startDatabase(
  folder: string,
  port: number,
  [program = '', ...options]: readonly string[],
  answers: () => Promise<unknown>,
): Promise<Database> {
  const child = spawn(program, options, { ...unprivileged(), cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-4_000);
  });
  const stop = stopping(child, folder);
  const limit = setTimeout(stop, 180_000).unref();
  for (const end = performance.now() + 60_000; ; await sleep(50)) {
    try {
      await answers();
      break;
    } catch (error) {
      if (performance.now() < end && child.exitCode === null) continue;
      await stop();
      throw new Error(`${program} does not answer: ${error}\n${said}`);
    }
  }
  return {
    folder,
    port,
    async stop() {
      clearTimeout(limit);
      await stop();
    },
  };
}

function stopping(child: ChildProcess, folder: string): () => Promise<void> {
  const ended = once(child, 'exit');
  return async () => {
    // To PostgreSQL this is its fast shutdown.
    child.kill('SIGINT');
    const kill = setTimeout(() => child.kill('SIGKILL'), 5_000);
    if (child.exitCode === null) await ended;
    clearTimeout(kill);
    rmSync(folder, { recursive: true, force: true });
  };
}

/** A port of the loopback that nobody has at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
