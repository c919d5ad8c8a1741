import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { FaultEvent, RunEvent } from '../../core/event.ts';
import { type Running, startCommand } from './command-line.ts';
import { reply, type SmallConference, smallConference } from './small-conference.ts';

/** A storm with the slow dependency of its incident, on a service of our own. */
export interface FaultyStorm {
  readonly cwd: string;
  readonly env: { readonly STORMTEST_STATE: string };
  readonly service: SmallConference;
  readonly storm: Running;
  /** Resolves as soon as the recording, of the first run if there are several, says so of the fault. */
  until(state: FaultEvent['state'], within?: number): Promise<void>;
  recorded(): readonly RunEvent[];
  faults(): readonly FaultEvent[];
}

/** Starts it in a folder of its own, which also holds its state. */
export async function faultyStorm(cwd: string, ...options: readonly string[]): Promise<FaultyStorm> {
  const service = await smallConference();
  service.route('GET /healthz', (_, answer) => reply(answer, 200, {}));
  const login = {
    request: 'POST /v1/login',
    json: { email: '${person.email}', password: '${person.password}' },
    capture: { token: 'json:/access_token' },
    denied: { status: 401 },
  };
  const services = { auth: [{ front: { speaks: { http: '/healthz' } } }] };
  const targets = { mine: { url: service.url, operations: { login: [login] }, services } };
  writeFileSync(join(cwd, 'stormtest.config.yaml'), stringify({ targets }));
  const env = { STORMTEST_STATE: join(cwd, 'state') };
  const words = ['login-storm', '--target', 'mine', '--with', 'slow-dependency', '--base-rate', '20', '--out', 'out'];
  const storm = startCommand([...words, ...options], { cwd, env });
  const first = options.includes('--repeat') ? '1' : '';
  const recorded = () => eventsIn(join(cwd, 'out', first, 'recording.jsonl'));
  const faults = () => recorded().filter((event) => event.kind === 'fault');
  return {
    ...{ cwd, env, service, storm, recorded, faults },
    async until(state, within = 60_000) {
      for (const end = performance.now() + within; !faults().some((event) => event.state === state); ) {
        if (performance.now() > end) throw new Error(`the fault was never ${state}: ${storm.said.stderr}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}

function eventsIn(file: string): readonly RunEvent[] {
  try {
    // The last line may be on its way.
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as RunEvent);
  } catch {
    return [];
  }
}

/** The watchdogs of runs whose state is in a folder, as Linux tells under /proc. */
export function watchdogsOf(state: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const words = commandOf(pid);
      return words.includes('watchdog/main.js') && words.includes(state);
    })
    .map(Number);
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** A way to a server that can be cut and mended: what is tried while it is cut never reaches the server. */
export interface Line {
  readonly url: string;
  cut(): void;
  mend(): void;
  close(): void;
}

/** Lays a line to a server on this machine. */
export async function lineTo(url: string): Promise<Line> {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  let isCut = false;
  const server = createServer((socket) => {
    open.add(socket.on('error', () => undefined).on('close', () => open.delete(socket)));
    if (isCut) return void socket.destroy();
    const other = connect(Number(port), hostname);
    other.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    socket.on('close', () => other.destroy());
    socket.pipe(other).pipe(socket);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const end = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    cut() {
      isCut = true;
      end();
    },
    mend() {
      isCut = false;
    },
    close() {
      end();
      server.close();
    },
  };
}
