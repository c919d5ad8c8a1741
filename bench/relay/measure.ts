import type { Shape } from '../../chaos/relay/shape.ts';
import type { Cores } from '../cores.ts';
import { spreadCell, spreadOf } from '../spread.ts';
import type { Table } from '../table.ts';
import { type RelayProcess, startRelayProcess } from './relay.ts';
import { startDatagrams } from './traffic.ts';

/** What the relay is measured on. */
export interface RelayBench {
  /** Seconds of one trial. */
  readonly seconds: number;
  readonly rounds: number;
  readonly cores: Cores | undefined;
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
}

/** One trial, in datagrams a second both ways together. */
interface RelayTrial {
  readonly name: string;
  readonly perSecond: number;
  readonly forwarded: number;
  /** Sent and not come back, though nothing asked for their loss. */
  readonly lost: number;
  /** Share of its core. */
  readonly cpu: number;
}

interface Contestant {
  readonly name: string;
  readonly kind: 'relay' | 'bare';
  readonly shape?: Shape;
}

const WARM_UP = 1_000;
const FLOWS = 100;
/** Bytes: 20 ms of Opus at 40 kbit/s as RTP. */
const SIZE = 112;
/** Datagrams sent in a second; each comes back, so there are twice as many to pass on. The last is more than any takes. */
const RATES = [25_000, 50_000, 100_000];

const CONTESTANTS: readonly Contestant[] = [
  { name: 'the least in Node', kind: 'bare' },
  { name: 'relay', kind: 'relay' },
  { name: 'relay, 40 ± 10 ms', kind: 'relay', shape: { latency: 40, jitter: 10 } },
];

/** Measures what the relay passes on in a second and what it costs, beside the least that can be done. */
export async function measureRelay({ seconds, rounds, cores, signal, tell }: RelayBench) {
  const traffic = startDatagrams(cores, signal);
  const trials: RelayTrial[] = [];
  try {
    const upstream = (await traffic.heard('listen')).address;
    for (let round = 1; round <= rounds; round += 1)
      for (const { name, kind, shape } of CONTESTANTS)
        for (const perSecond of RATES) {
          tell(`round ${round} of ${rounds}: ${name}, ${perSecond} datagrams/s there and back`);
          const relay = startRelayProcess(kind, cores, signal);
          try {
            relay.tell({ do: 'stand before', upstream, shape });
            const { address } = await relay.heard('listen');
            const length = seconds * 1_000;
            traffic.tell({ address, flows: FLOWS, perSecond, size: SIZE, warmUp: WARM_UP, length });
            await traffic.heard('begin', WARM_UP + 10_000);
            const before = await use(relay);
            const { milliseconds, sent, back } = await traffic.heard('count', length + 10_000);
            const after = await use(relay);
            const forwarded = (after.forwarded - before.forwarded) / seconds;
            const lost = 1 - back / sent;
            trials.push({ name, perSecond, forwarded, lost, cpu: ((after.cpu - before.cpu) / milliseconds) * 1_000 });
          } finally {
            await relay.stop();
          }
        }
  } finally {
    await traffic.stop();
  }
  return { trials, table: tableOf(trials) };
}

async function use(relay: RelayProcess): Promise<{ readonly cpu: number; readonly forwarded: number }> {
  relay.tell({ do: 'tell use' });
  const { seconds, forwarded } = await relay.heard('use');
  return { cpu: seconds, forwarded };
}

function tableOf(trials: readonly RelayTrial[]): Table {
  const names = new Set(trials.map(({ name, perSecond }) => `${name}, ${perSecond}/s`));
  return {
    title: `UDP relay, ${FLOWS} flows, ${SIZE} bytes, there and back`,
    columns: ['passed on/s', 'lost %', 'of a core', 'µs each', 'a core passes on/s'],
    rows: [...names].map((key) => {
      const alike = trials.filter(({ name, perSecond }) => `${name}, ${perSecond}/s` === key);
      const cell = (of: (trial: RelayTrial) => number, digits: number) =>
        spreadCell(spreadOf(alike.map(of)), (value) => value.toFixed(digits));
      return [
        key,
        cell(({ forwarded }) => forwarded, 0),
        cell(({ lost }) => lost * 100, 1),
        cell(({ cpu }) => cpu, 2),
        cell(({ cpu, forwarded }) => (cpu / forwarded) * 1e6, 2),
        cell(({ cpu, forwarded }) => forwarded / cpu, 0),
      ];
    }),
  };
}
