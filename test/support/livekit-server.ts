import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { livekitSettings } from '../../bench/server/livekit-settings.ts';
import { freePort } from './database-process.ts';
import { eventually } from './prometheus.ts';
import { pathOf } from './real-part.ts';

/** A real LiveKit server on the loopback. */
export interface LivekitServer {
  readonly url: string;
  readonly metricsUrl: string;
  readonly key: string;
  readonly secret: string;
  readonly pid: number;
  /** A file that holds its process id. */
  readonly pidFile: string;
  /** What starts it again where it was, unless it runs. */
  readonly restart: string;
  /** Lets it stand still. */
  stand(): void;
  stop(): Promise<void>;
}

const KEY = 'storm';
const SECRET = 'a-secret-of-more-than-32-characters-for-the-tests';
const LONGEST_LIFE = 180_000;

/** Starts LiveKit in a fresh folder and waits until it answers; it is killed by its process id, in 3 minutes at last. */
export async function startLivekit(longestLife = LONGEST_LIFE): Promise<LivekitServer> {
  const folder = mkdtempSync(join(tmpdir(), 'stormtest-livekit-'));
  const [port, udp, tcp, prometheus] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const [config, pidFile] = [join(folder, 'livekit.yaml'), join(folder, 'livekit.pid')];
  writeFileSync(
    config,
    stringify({
      ...livekitSettings({ port, udp, tcp, keys: { [KEY]: SECRET } }),
      prometheus: { port: prometheus },
      room: { auto_create: true },
    }),
  );
  const program = pathOf('livekit') ?? 'livekit-server';
  const child = spawn(program, ['--config', config], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  writeFileSync(pidFile, `${child.pid}`);
  const stop = async () => {
    clearTimeout(limit);
    child.kill('SIGKILL');
    await ended;
    endAgain(Number(readFileSync(pidFile, 'utf8')), child.pid ?? 0);
    rmSync(folder, { recursive: true, force: true });
  };
  const limit = setTimeout(stop, longestLife);
  const url = `http://127.0.0.1:${port}`;
  const metricsUrl = `http://127.0.0.1:${prometheus}/metrics`;
  try {
    await eventually('LiveKit is ready', async () => (await fetch(url)).ok && (await fetch(metricsUrl)).ok);
  } catch (late) {
    await stop();
    throw late;
  }
  const restart = `kill -0 $(cat ${pidFile}) || { ${program} --config ${config} & echo $! > ${pidFile}; } >/dev/null 2>&1`;
  return {
    url,
    metricsUrl,
    key: KEY,
    secret: SECRET,
    pid: child.pid ?? 0,
    pidFile,
    restart,
    stand: () => void child.kill('SIGSTOP'),
    stop,
  };
}

/** Ends the server that was started in place of the first one, where there is one. */
function endAgain(pid: number, first: number): void {
  if (pid === first) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
