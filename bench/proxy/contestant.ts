import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type ToxiproxyClient, toxiproxyClient } from '../../chaos/toxiproxy/client.ts';
import { type Cores, onCore } from '../cores.ts';
import { pathOf } from '../program.ts';
import { freePort } from '../server/port.ts';

/** A Toxiproxy that takes part, at work. */
export interface Contestant {
  readonly name: string;
  readonly pid: number;
  readonly client: ToxiproxyClient;
  stop(): Promise<void>;
}

/** How to start one on a port. */
interface Start {
  readonly name: string;
  readonly command: (port: number) => readonly string[];
}

/** In milliseconds. */
const PATIENCE = 10_000;

/** Who takes part, ours first, and who cannot, in words. */
export function presentProxies(): { readonly starts: readonly Start[]; readonly skipped: readonly string[] } {
  const program = fileURLToPath(new URL('ours-process.js', import.meta.url));
  const ours = {
    name: 'stormtest',
    command: (port: number) => [process.execPath, program, String(port)],
  };
  const real = pathOf('toxiproxy-server');
  if (real === undefined) return { starts: [ours], skipped: ['Toxiproxy is not here (tools/install builds it)'] };
  const command = (port: number) => [real, '-host', '127.0.0.1', '-port', String(port), '-proxy-metrics'];
  return { starts: [ours, { name: 'Toxiproxy', command }], skipped: [] };
}

/** Starts one on the server's core; it is killed when the benchmark stops. */
export async function started(
  { name, command }: Start,
  cores: Cores | undefined,
  signal: AbortSignal,
): Promise<Contestant> {
  signal.throwIfAborted();
  const port = await freePort();
  const [program = '', ...args] = onCore(cores, 'server', command(port));
  const child = spawn(program, args, { stdio: 'ignore', env: { ...process.env, LOG_LEVEL: 'fatal' } });
  const kill = () => void child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  const ended = once(child, 'exit');
  const client = toxiproxyClient(`http://127.0.0.1:${port}`, 1_000);
  const stop = async () => {
    signal.removeEventListener('abort', kill);
    kill();
    await ended;
  };
  for (const end = performance.now() + PATIENCE; ; await sleep(50)) {
    if (await client.version().then(Boolean, () => false)) return { name, pid: child.pid ?? 0, client, stop };
    if (performance.now() < end && child.exitCode === null && !signal.aborted) continue;
    await stop();
    throw signal.aborted ? signal.reason : new Error(`${name} does not start`);
  }
}
