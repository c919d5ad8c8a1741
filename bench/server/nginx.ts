import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../bench.ts';
import { type Cores, onCore } from '../cores.ts';
import { pathOf } from '../program.ts';
import { ANSWER, PATH } from './answer.ts';
import { freePort } from './port.ts';
import type { Server } from './server.ts';

/** Seconds after which it ends by itself, should nobody be left to stop it. */
const LONGEST_LIFE = 7_200;
const START_LIMIT = 5_000;

/** What is said of a part that needs nginx where there is none. */
export const NO_NGINX = 'nginx is not here (tools/install installs it): nothing was measured';

/** Does some work with an nginx that is started for it and stopped then; undefined when nginx is not here. */
export async function withNginx<Result>(
  { folder, cores, signal }: Pick<Bench, 'folder' | 'cores' | 'signal'>,
  work: (nginx: Server) => Promise<Result>,
): Promise<Result | undefined> {
  const program = pathOf('nginx');
  if (!program) return undefined;
  const nginx = await started(program, folder, cores, signal);
  try {
    return await work(nginx);
  } finally {
    await nginx.stop();
  }
}

/** Starts nginx with one worker on the server's core; its files go into `folder`. */
async function started(
  program: string,
  folder: string,
  cores: Cores | undefined,
  signal: AbortSignal,
): Promise<Server> {
  signal.throwIfAborted();
  const port = await freePort();
  const configuration = join(folder, 'nginx.conf');
  writeFileSync(configuration, configurationOf(folder, port));
  const command = onCore(cores, 'server', [program, '-p', folder, '-c', configuration]);
  const child = spawn('timeout', ['--signal=KILL', String(LONGEST_LIFE), ...command], { stdio: 'ignore' });
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  const kill = () => void child.kill('SIGTERM');
  signal.addEventListener('abort', kill, { once: true });
  const stop = async () => {
    signal.removeEventListener('abort', kill);
    kill();
    await closed;
  };
  let asked = 0;
  const seen = async () => {
    asked += 1;
    return (await requestsAt(port)) - asked;
  };
  try {
    await answering(seen, () => child.exitCode !== null, folder);
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  const pid = Number(readFileSync(join(folder, 'nginx.pid'), 'utf8'));
  return { name: 'nginx', url: `http://127.0.0.1:${port}${PATH}`, pid, seen, stop };
}

async function answering(seen: () => Promise<number>, ended: () => boolean, folder: string): Promise<void> {
  const until = performance.now() + START_LIMIT;
  for (;;) {
    try {
      await seen();
      return;
    } catch (thrown) {
      if (ended() || performance.now() > until)
        throw new Error(`nginx does not answer: ${readFileSync(join(folder, 'error.log'), 'utf8').slice(-500)}`, {
          cause: thrown,
        });
      await sleep(50);
    }
  }
}

/** Asks nginx for the requests it has seen, this one included (ngx_http_stub_status_module). */
function requestsAt(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path: '/status', agent: false, timeout: 5_000 }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      answer.once('end', () => {
        const requests = requestsIn(text);
        if (requests === undefined) reject(new Error(`nginx says nothing of requests: ${text.slice(0, 200)}`));
        else resolve(requests);
      });
    });
    request.once('timeout', () => request.destroy(new Error('nginx does not answer in time')));
    request.once('error', reject);
  });
}

/** The third number of the line below `server accepts handled requests`. */
export function requestsIn(status: string): number | undefined {
  const [, requests] = /^ \d+ \d+ (\d+) $/m.exec(status) ?? [];
  return requests === undefined ? undefined : Number(requests);
}

function configurationOf(folder: string, port: number): string {
  const own = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log warn;
worker_rlimit_nofile 18000;
events { worker_connections 16000; }
http {
  access_log off;
  keepalive_requests 1000000000;
  keepalive_timeout 600s;
  default_type application/json;
${own.map((name) => `  ${name}_temp_path ${folder}/${name};`).join('\n')}
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location = ${PATH} { return 200 '${ANSWER}'; }
    location = /status { stub_status; }
  }
}
`;
}
