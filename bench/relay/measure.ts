import { type RelayClient, relayClient } from '../../chaos/relay/client.ts';
import type { Counters, PathCounters } from '../../chaos/relay/counters.ts';
import { DIRECTIONS, type Shape } from '../../chaos/relay/shape.ts';
import type { Cores } from '../cores.ts';
import type { Table } from '../table.ts';
import { type RelayProcess, startRelayProcess } from './relay.ts';
import { startDatagrams } from './traffic.ts';

/** What the relay is measured on. */
export interface RelayBench {
  /** Seconds of one trial. */
  readonly seconds: number;
  readonly cores: Cores | undefined;
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
}

/** One trial, as what the relay did in a second. */
interface RelayTrial {
  readonly name: string;
  readonly perSecond: number;
  /** Datagrams it passed on, both ways. */
  readonly forwarded: number;
  /** Datagrams the kernel dropped before it, because it was late. */
  readonly missed: number;
  /** Share of its core. */
  readonly cpu: number;
}

const WARM_UP = 1_000;
const FLOWS = 100;
/** Bytes: 20 ms of Opus at 40 kbit/s as RTP. */
const SIZE = 112;

/** Datagrams sent in a second; each comes back, so the relay has twice as many to pass on. */
const RATES = [10_000, 25_000, 40_000, 50_000, 60_000];

const SHAPES: Readonly<Record<string, Shape | undefined>> = {
  'nothing impaired': undefined,
  '2 % lost, 40 ms, 10 ms of jitter': { loss: 0.02, latency: 40, jitter: 10 },
};

/** Measures what the relay passes on in a second, and what it costs it, at rising rates. */
export async function measureRelay(bench: RelayBench): Promise<Table> {
  const { cores, signal, tell } = bench;
  const [relay, traffic] = [startRelayProcess(cores, signal), startDatagrams(cores, signal)];
  const trials: RelayTrial[] = [];
  try {
    const client = relayClient((await relay.heard('listen')).url);
    const upstream = (await traffic.heard('listen')).address;
    for (const [name, shape] of Object.entries(SHAPES)) {
      const address = await client.open(upstream, { path: 'bench' });
      if (shape) await client.impair('bench', 'bench', { upstream: shape, downstream: shape }, 600_000);
      for (const perSecond of RATES) {
        tell(`relay: ${perSecond} datagrams/s there and back, ${name}`);
        const length = bench.seconds * 1_000;
        traffic.tell({ address, flows: FLOWS, perSecond, size: SIZE, warmUp: WARM_UP, length });
        await traffic.heard('begin', WARM_UP + 10_000);
        const before = await reading(relay, client);
        await traffic.heard('count', length + 10_000);
        trials.push({ name, perSecond, ...inASecond(before, await reading(relay, client)) });
      }
      await client.shut(address);
    }
  } finally {
    await Promise.all([relay.stop(), traffic.stop()]);
  }
  return tableOf(trials);
}

interface Reading {
  readonly counters: Counters;
  readonly cpu: number;
}

async function reading(relay: RelayProcess, client: RelayClient): Promise<Reading> {
  relay.tell({ do: 'tell use' });
  const { seconds } = await relay.heard('use');
  return { counters: await client.counters(), cpu: seconds };
}

function inASecond(before: Reading, after: Reading): Pick<RelayTrial, 'forwarded' | 'missed' | 'cpu'> {
  const seconds = (after.counters.at - before.counters.at) / 1_000;
  const grown = (of: 'forwarded' | 'missed') => (total(after, of) - total(before, of)) / seconds;
  return { forwarded: grown('forwarded'), missed: grown('missed'), cpu: (after.cpu - before.cpu) / seconds };
}

function total({ counters }: Reading, of: 'forwarded' | 'missed'): number {
  const path: PathCounters | undefined = counters.paths.bench;
  return path ? DIRECTIONS.reduce((sum, direction) => sum + path.traffic[direction][of], 0) : 0;
}

function tableOf(trials: readonly RelayTrial[]): Table {
  return {
    title: `UDP relay, ${FLOWS} flows, ${SIZE} bytes, echoed`,
    columns: ['passed on/s', 'missed/s', 'of a core', 'µs each', 'a core passes on/s'],
    rows: trials.map(({ name, perSecond, forwarded, missed, cpu }) => [
      `${name}, ${perSecond}/s there and back`,
      forwarded.toFixed(0),
      missed.toFixed(0),
      cpu.toFixed(2),
      ((cpu / forwarded) * 1e6).toFixed(2),
      (forwarded / cpu).toFixed(0),
    ]),
  };
}
