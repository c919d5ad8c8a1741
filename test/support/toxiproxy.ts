import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type OutgoingHttpHeaders, request } from 'node:http';
import { createServer } from 'node:net';
import { startEmbedded } from '../../chaos/toxiproxy/embedded.ts';
import { eventually } from './prometheus.ts';
import { pathOf } from './real-part.ts';

/** A Toxiproxy to be tested, in a process of its own: the real one, or ours. */
export interface TestedToxiproxy {
  readonly name: 'real' | 'ours';
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** What a request was answered with. */
export interface Answered {
  readonly status: number;
  readonly type: string | undefined;
  readonly location: string | undefined;
  /** Whether the answer carries an identifier. */
  readonly identified: boolean;
  readonly body: string;
}

/** The longest that a real server lives, should nobody stop it, in milliseconds. */
const LONGEST_LIFE = 600_000;

/** Starts the real server, with its metrics of proxies. */
export async function startReal(): Promise<TestedToxiproxy> {
  const port = await freePort();
  const command = pathOf('toxiproxy') ?? 'toxiproxy-server';
  const child = spawn(command, ['-host', '127.0.0.1', '-port', String(port), '-proxy-metrics'], {
    stdio: 'ignore',
    env: { LOG_LEVEL: 'fatal' },
  });
  const ended = once(child, 'exit');
  const limit = setTimeout(() => child.kill('SIGKILL'), LONGEST_LIFE);
  const url = `http://127.0.0.1:${port}`;
  await eventually('the real Toxiproxy answers', async () => (await ask(url, 'GET', '/version')).status === 200);
  return {
    name: 'real',
    url,
    pid: child.pid ?? 0,
    async stop() {
      clearTimeout(limit);
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Starts ours. */
export async function startOurs(seed = 1): Promise<TestedToxiproxy> {
  const { url, pid, stop } = await startEmbedded({ seed });
  return { name: 'ours', url, pid, stop };
}

const agent = new Agent({ keepAlive: true });

/** Sends one request as it is, path and body unchanged. */
export function ask(
  url: string,
  method: string,
  path: string,
  body?: string | Buffer,
  headers: OutgoingHttpHeaders = {},
): Promise<Answered> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const asked = request({ agent, hostname, port, method, path, headers: { ...length, ...headers } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          type: answer.headers['content-type'],
          location: answer.headers.location,
          identified: answer.headers['x-toxiproxy-request-id'] !== undefined,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    asked.setTimeout(30_000, () => asked.destroy(new Error('no answer in half a minute')));
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Removes every proxy whose name can be said in a path. */
export async function emptied({ url }: TestedToxiproxy): Promise<void> {
  const { body } = await ask(url, 'GET', '/proxies');
  for (const name of Object.keys(JSON.parse(body))) await ask(url, 'DELETE', `/proxies/${encodeURIComponent(name)}`);
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
