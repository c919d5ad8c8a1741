import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answers, doorTo, FOLDER, NETWORK } from '../../bench/server/janus-network.ts';
import { eventually } from './prometheus.ts';
import { pathOf } from './real-part.ts';

/** A real Janus in a network of its own, with a way to its API from the loopback. */
export interface JanusServer {
  readonly url: string;
  readonly pid: number;
  /** A command that runs another one where the media of the server can be reached. */
  readonly beside: readonly string[];
  /** Kills it, or lets it stand still or go on, by its process id. */
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  stop(): Promise<void>;
}

interface JanusOptions {
  /** Lines of `general` of its own configuration, and of that of the plugin VideoRoom. */
  readonly general?: string;
  readonly rooms?: string;
  /** Its API is a port of the loopback of its own network, and `url` is good for whoever runs `beside` it. */
  readonly inside?: true;
}

const LONGEST_LIFE = 240_000;
const PORT = 8188;

/**
 * Starts Janus in a fresh folder and waits until it answers; it is killed by its process id, in 4 minutes at last. It
 * offers no address of the loopback device, so it has 127.0.0.1 on another device as well, in a network that is nobody else's; its API
 * is a socket in the folder, which a port of the loopback leads to.
 */
export async function startJanus({ general = '', rooms = '', inside }: JanusOptions = {}): Promise<JanusServer> {
  const folder = mkdtempSync(join(tmpdir(), 'stormtest-janus-'));
  const api = join(folder, 'api');
  configure(folder, general, rooms, inside ? `ws_ip = "127.0.0.1"\nws_port = ${PORT}` : `ws_unix = "${api}"`);
  const child = spawn('unshare', ['--net', 'sh', '-c', NETWORK, pathOf('janus') ?? 'janus', folder], {
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  const server = await doorTo(api);
  const stop = async () => {
    clearTimeout(limit);
    child.kill('SIGKILL');
    await ended;
    await closed(server);
    rmSync(folder, { recursive: true, force: true });
  };
  const limit = setTimeout(stop, LONGEST_LIFE);
  try {
    await eventually('Janus is ready', async () =>
      inside ? listens(child.pid ?? 0) : existsSync(api) && answers(api),
    );
  } catch (late) {
    await stop();
    throw late;
  }
  return {
    url: `http://127.0.0.1:${inside ? PORT : (server.address() as AddressInfo).port}`,
    pid: child.pid ?? 0,
    beside: ['nsenter', `--net=/proc/${child.pid}/ns/net`],
    signal: (name) => void child.kill(name),
    stop,
  };
}

const OTHER_PLUGINS = ['duktape', 'echotest', 'lua', 'nosip', 'recordplay', 'sip', 'streaming'];
const OTHER_TRANSPORTS = ['http', 'mqtt', 'nanomsg', 'pfunix', 'rabbitmq'];

function configure(folder: string, general: string, rooms: string, api: string): void {
  const disabled = (names: readonly string[]) => `disable = "${names.map((name) => `libjanus_${name}.so`).join(',')}"`;
  const folders = ['plugins', 'transports', 'events', 'loggers'].map((kind) => `${kind}_folder = "${FOLDER}/${kind}"`);
  const file = (name: string, text: string) => writeFileSync(join(folder, `${name}.jcfg`), text);
  mkdirSync(folder, { recursive: true });
  file(
    'janus',
    `general: { configs_folder = "${folder}"\n${folders.join('\n')}\ndebug_level = 1\n${general} }
nat: { ice_enforce_list = "storm" }
plugins: { ${disabled([...OTHER_PLUGINS, 'textroom', 'videocall', 'voicemail'])} }
transports: { ${disabled(OTHER_TRANSPORTS)} }
`,
  );
  file('janus.plugin.videoroom', `general: { ${rooms} }\n`);
  file('janus.transport.websockets', `general: { json = "compact"\nws = true\n${api} }\n`);
}

async function closed(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}

/** As Linux tells of the network that a process is in: something listens at the port of the API. */
function listens(pid: number): boolean {
  const [port, listening] = [PORT.toString(16).toUpperCase().padStart(4, '0'), '0A'];
  return new RegExp(`:${port} 00000000:0000 ${listening} `).test(readFileSync(`/proc/${pid}/net/tcp`, 'utf8'));
}
