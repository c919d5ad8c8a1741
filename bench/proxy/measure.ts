import { readFileSync } from 'node:fs';
import type { Cores } from '../cores.ts';
import { type Contestant, presentProxies, started } from './contestant.ts';
import { type Counted, startTraffic, type ToTraffic, type Traffic } from './traffic.ts';

/** What is measured of proxies, and on what. */
export interface ProxyBench {
  /** Seconds of one trial. */
  readonly seconds: number;
  readonly rounds: number;
  readonly cores: Cores | undefined;
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
}

/** One trial: who was between the two ends, doing what, and what came through. */
export interface ProxyTrial extends Counted {
  readonly proxy: string;
  /** The toxic that everything went through, `none` for no toxic. */
  readonly toxic: string;
  readonly load: 'stream' | 'echo';
  readonly connections: number;
  readonly round: number;
  /** CPU seconds of the proxy while it was counted; undefined when there was none. */
  readonly cpu: number | undefined;
}

export interface ProxyTrials {
  readonly trials: readonly ProxyTrial[];
  readonly skipped: readonly string[];
}

const LOADS = [
  { load: 'stream', connections: 1 },
  { load: 'stream', connections: 16 },
  { load: 'echo', connections: 64 },
] as const;

/** What is between the ends: nothing, a proxy as it is, and one whose toxics each chunk has to go through. */
const TOXICS = [
  { toxic: 'none', attributes: {} },
  { toxic: 'noop', attributes: {} },
  { toxic: 'latency', attributes: { latency: 1 } },
] as const;

const WARM_UP = 1_000;

/** Measures ours and the real Toxiproxy in turn: bytes and round trips per second, and the CPU time they cost. */
export async function measureProxies({ seconds, rounds, cores, signal, tell }: ProxyBench): Promise<ProxyTrials> {
  const { starts, skipped } = presentProxies();
  const trials: ProxyTrial[] = [];
  const traffic = startTraffic(cores, signal);
  const { stream, echo } = await traffic.heard('listen');
  try {
    for (let round = 1; round <= rounds; round += 1) {
      for (const { load, connections } of LOADS) {
        const order = { do: load, connections, warmUp: WARM_UP, length: seconds * 1_000 } as const;
        const upstream = load === 'stream' ? stream : echo;
        const direct = await trial(traffic, { ...order, address: upstream }, undefined);
        trials.push({ ...direct, proxy: 'none', toxic: 'none', load, connections, round });
        for (const start of starts) {
          const proxy = await started(start, cores, signal);
          try {
            for (const { toxic, attributes } of TOXICS) {
              tell(`round ${round} of ${rounds}: ${load} over ${connections}, ${start.name}, toxic ${toxic}`);
              const address = await proxied(proxy, upstream, toxic, attributes);
              const measured = await trial(traffic, { ...order, address }, proxy.pid);
              trials.push({ ...measured, proxy: start.name, toxic, load, connections, round });
            }
          } finally {
            await proxy.stop();
          }
        }
      }
    }
  } finally {
    await traffic.stop();
  }
  return { trials, skipped };
}

/** A fresh proxy with the toxic in both directions. */
async function proxied({ client }: Contestant, upstream: string, toxic: string, attributes: Record<string, number>) {
  await client.removeProxy('bench');
  const { listen } = await client.createProxy({ name: 'bench', listen: '127.0.0.1:0', upstream });
  for (const stream of ['upstream', 'downstream'] as const)
    if (toxic !== 'none') await client.addToxic('bench', { name: stream, type: toxic, stream, attributes });
  return listen;
}

async function trial(
  traffic: Traffic,
  order: ToTraffic,
  pid: number | undefined,
): Promise<Counted & { cpu: number | undefined }> {
  const limit = order.warmUp + order.length + 20_000;
  traffic.tell(order);
  await traffic.heard('begin', limit);
  const before = cpuOf(pid);
  const { did: _, ...counted } = await traffic.heard('count', limit);
  const after = cpuOf(pid);
  return { ...counted, cpu: before === undefined || after === undefined ? undefined : after - before };
}

/** Linux counts the times of /proc in hundredths of a second for all its programs (proc(5)). */
const TICKS = 100;

/** CPU seconds a process has used so far. */
function cpuOf(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // Fields 14 and 15; the second is a name in brackets that may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
