import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Bench } from '../bench.ts';
import { onCore } from '../cores.ts';
import { pathOf } from '../program.ts';
import type { Hall } from './hall.ts';
import { livekitSettings } from './livekit-settings.ts';
import { freePort } from './port.ts';
import { ready } from './ready.ts';

const KEY = 'bench';
const SECRET = 'a-secret-of-more-than-32-characters-for-the-benchmark';

/** Starts a LiveKit server on the server's core; undefined where there is none. */
export async function startLivekit({
  cores,
  folder,
  signal,
}: Pick<Bench, 'cores' | 'folder' | 'signal'>): Promise<Hall | undefined> {
  const program = pathOf('livekit-server');
  if (!program) return undefined;
  const [port, udp, tcp] = [await freePort(), await freePort(), await freePort()];
  const config = join(mkdtempSync(join(folder, 'livekit-')), 'livekit.yaml');
  writeFileSync(config, stringify(livekitSettings({ port, udp, tcp, keys: { [KEY]: SECRET } })));
  const [command = '', ...args] = onCore(cores, 'server', [program, '--config', config]);
  const child = spawn(command, args, { stdio: 'ignore', signal, killSignal: 'SIGKILL' });
  child.on('error', () => {});
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  await ready(async () => (await fetch(url)).ok, stop);
  return {
    name: 'LiveKit',
    declaration: { kind: 'livekit', url, key: KEY, secret: SECRET },
    beside: [],
    pid: child.pid ?? 0,
    stop,
  };
}
