import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { comes } from '../../chaos/comes.ts';
import type { Task } from '../../chaos/injector.ts';
import type { RelayClient } from '../../chaos/relay/client.ts';
import { ToxiproxyFailure, toxiproxyClient } from '../../chaos/toxiproxy/client.ts';
import type { Disturbance } from '../../core/fault.ts';
import { end, stateOf } from './busy-process.ts';
import type { Injection } from './guarded-owner.ts';
import type { TestedToxiproxy } from './toxiproxy.ts';
import { udpEnd } from './udp-flow.ts';

/** One place that a fault can be put in, and how to see from outside whether it is there. */
export interface Place {
  readonly injection: Injection;
  isBroken(): Promise<boolean>;
  clear(): Promise<void>;
}

/** Makes a fresh place for one cell of the matrix; `cell` is unlike that of any other. */
export type Ground = (folder: string, cell: string) => Promise<Place>;

const LASTING = 60_000;
/** Milliseconds that a datagram takes at most when nothing holds it up, on a busy machine. */
const PASSES_WITHIN = 500;

/** A proxy of its own in a Toxiproxy; its upstream is a port where nobody listens, which is no matter here. */
export function proxyGround(server: TestedToxiproxy, does: Disturbance): Ground {
  return async (_, cell) => {
    const client = toxiproxyClient(server.url);
    const proxy = `p_${cell}`;
    await client.createProxy({ name: proxy, upstream: '127.0.0.1:9', listen: '127.0.0.1:0' });
    const name = `st_${cell}`;
    const means = { by: 'toxiproxy', api: server.url, proxy, speaks: { kind: 'postgres' } } as const;
    return {
      injection: injected('toxiproxy', 'toxiproxyInjector', { name, does, means, lasting: LASTING }),
      async isBroken() {
        const state = await client.proxy(proxy).catch(goneWithIt);
        return state !== undefined && (!state.enabled || state.toxics.length > 0);
      },
      clear: () => client.removeProxy(proxy).catch(goneWithIt),
    };
  };
}

/** A Toxiproxy that has ended has no proxies any more. */
function goneWithIt(error: unknown): undefined {
  if (error instanceof ToxiproxyFailure && error.isGone) return;
  throw error;
}

/** A path of its own in a relay; broken as long as nothing of what is sent comes through. */
export function relayGround(relay: RelayClient): Ground {
  return async (_, cell) => {
    const server = await udpEnd();
    const listen = await relay.open(server.address, { path: cell });
    const client = await udpEnd(listen);
    const means = { by: 'relay', relay: relay.url, path: cell } as const;
    const does = { kind: 'impairment', loss: 1 } as const;
    return {
      injection: injected('relay', 'relayInjector', { name: `st_${cell}`, does, means, lasting: LASTING }),
      async isBroken() {
        const before = server.arrivals.length;
        await client.send(20, 500);
        return !(await comes(() => server.arrivals.length > before, PASSES_WITHIN));
      },
      async clear() {
        for (const end of [server, client]) end.close();
        await relay.shut(listen);
      },
    };
  };
}

/** A process with a pid file; a killed one is broken until another one is behind the file. */
export function processGround(does: Disturbance): Ground {
  return async (folder, cell) => {
    const file = join(folder, `${cell}.pid`);
    const victim = spawn('sleep', ['300'], { stdio: 'ignore', detached: true });
    victim.unref();
    writeFileSync(file, `${victim.pid}\n`);
    const pid = () => Number(readFileSync(file, 'utf8'));
    const restart = `{ sleep 300 & echo $! > ${file}.new; mv ${file}.new ${file}; } >/dev/null 2>&1`;
    const means = { by: 'process', pid: { file }, restart } as const;
    return {
      injection: injected('process', 'processInjector', { name: `st_${cell}`, does, means, lasting: LASTING }),
      isBroken: async () => ['T', 'Z', 'gone'].includes(stateOf(pid())),
      async clear() {
        for (const id of [victim.pid, pid()]) if (id) end(id);
      },
    };
  };
}

/** A busy process; throttled, it is stopped again and again, so it is looked at for a while. */
export const throttleGround: Ground = async (_, cell) => {
  const victim = spawn('nice', ['-n', '19', 'sh', '-c', 'while :; do :; done'], { stdio: 'ignore', detached: true });
  victim.unref();
  const pid = victim.pid ?? 0;
  const means = { by: 'process', pid } as const;
  const does = { kind: 'throttle', steps: [0.1] } as const;
  return {
    injection: injected('process', 'processInjector', { name: `st_${cell}`, does, means, lasting: LASTING }),
    async isBroken() {
      for (let look = 0; look < 60; look += 1) {
        if (stateOf(pid) === 'T') return true;
        await sleep(10);
      }
      return false;
    },
    clear: async () => end(pid),
  };
};

/** A small volume in memory. */
export const volumeGround: Ground = async (folder, cell) => {
  const at = join(folder, cell);
  mkdirSync(at);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'stormtest', at]);
  const means = { by: 'volume', path: at } as const;
  const does = { kind: 'fill', leave: 100_000 } as const;
  return {
    injection: injected('volume', 'volumeInjector', { name: `st_${cell}`, does, means, lasting: LASTING }),
    async isBroken() {
      const { bavail, bsize } = statfsSync(at);
      return bavail * bsize < 4_000_000;
    },
    async clear() {
      execFileSync('umount', ['-l', at]);
    },
  };
};

/** The places of a database: broken as long as it has none for one more. */
export function connectionsGround(url: string, isFull: () => Promise<boolean>): Ground {
  return async (_, cell) => {
    const means = { by: 'connections', server: 'postgres', url } as const;
    const does = { kind: 'hold', connections: 'all' } as const;
    return {
      injection: injected('connections', 'connectionsInjector', { name: `st_${cell}`, does, means, lasting: LASTING }),
      isBroken: isFull,
      clear: async () => undefined,
    };
  };
}

/** Commands of an owner: a file that is there is the fault. */
export const commandGround: Ground = async (folder, cell) => {
  const name = `${cell}.broken`;
  const file = join(folder, name);
  const means = {
    by: 'command',
    can: ['refusal'],
    inject: `touch ${name}`,
    lift: `rm -f ./${name}`,
    prove: `test -e ${name}`,
    folder,
  } as const;
  const does = { kind: 'refusal' } as const;
  return {
    injection: injected('command', 'commandInjector', { name: `st_${cell}`, does, means, lasting: LASTING }),
    isBroken: async () => existsSync(file),
    clear: async () => rmSync(file, { force: true }),
  };
};

function injected(file: string, exported: string, task: Task): Injection {
  return { file, exported, task };
}
