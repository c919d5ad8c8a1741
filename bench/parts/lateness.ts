import type { Bench, Section } from '../bench.ts';
import { atMost, type Goal } from '../goal.ts';
import { OURS } from '../peers/ours.ts';
import type { Peer } from '../peers/peer.ts';
import { startRecorder } from '../server/recorder.ts';
import { spreadCell, spreadOf } from '../spread.ts';
import type { Table } from '../table.ts';
import { type Punctuality, punctuality } from './punctuality.ts';
import { spokenRate, tablePerRate } from './rate.ts';

/** One client at one rate, round by round. */
interface Contestant {
  readonly peer: Peer;
  readonly rate: number;
  readonly punctualities: Punctuality[];
}

/** The rate the goal is about. */
const GOAL_RATE = 10_000;

/** Fewer arrivals are needed than for costs, but more than those of the first second, which warms up. */
const shorter = (seconds: number) => Math.max(3, Math.ceil(seconds / 2));

/** How late requests are at a rate, as a server sees it: all clients with a schedule take turns. */
export async function lateness(bench: Bench): Promise<Section> {
  const { rates, field, folder, cores, signal } = bench;
  const peers = field.peers.filter(({ model }) => model === 'open');
  const contestants: Contestant[] = rates.flatMap((rate) => peers.map((peer) => ({ peer, rate, punctualities: [] })));
  const recorder = await startRecorder(folder, cores, signal);
  try {
    for (let round = 0; round < bench.rounds; round += 1) {
      for (const { peer, rate, punctualities } of contestants) {
        bench.tell(`lateness: round ${round + 1} of ${bench.rounds}, ${peer.name} at ${spokenRate(rate)}`);
        punctualities.push(await punctuality(peer, rate, shorter(bench.seconds), recorder, bench));
      }
    }
  } finally {
    await recorder.stop();
  }
  return {
    part: 'lateness',
    title: 'Lateness of arrivals',
    tables: tablePerRate(contestants, tableOf),
    goals: contestants.filter(({ peer, rate }) => peer.name === OURS && rate === GOAL_RATE).map(goalOf),
    notes: NOTES,
    figures: contestants.map(({ peer, ...rest }) => ({ ...rest, name: peer.name, version: peer.version })),
  };
}

const NOTES = [
  'Milliseconds between when a request was due and when a server on node:http saw it, the first second left out. Median of the rounds (least-most).',
  'stormtest is held against the clock its schedule was planned on. The others do not tell when they began: their promptest request counts as on time, which flatters them.',
  'No figure where requests are missing: nobody can say then which.',
];

function tableOf(rate: number, contestants: readonly Contestant[]): Table {
  return {
    title: spokenRate(rate),
    columns: ['p50 ms', 'p99 ms', 'max ms', 'due', 'missing'],
    rows: contestants.map(({ peer, punctualities }) => {
      const late = punctualities.map(({ absolute, relative }) => absolute ?? relative);
      return [
        `${peer.name} ${peer.version}`,
        spreadCell(spreadOf(late.map((each) => each?.p50))),
        spreadCell(spreadOf(late.map((each) => each?.p99))),
        spreadCell(spreadOf(late.map((each) => each?.max))),
        spreadCell(spreadOf(punctualities.map(({ due }) => due))),
        spreadCell(spreadOf(punctualities.map(({ due, came }) => Math.max(0, due - came)))),
      ];
    }),
  };
}

function goalOf({ rate, punctualities }: Contestant): Goal {
  const late = spreadOf(punctualities.map(({ absolute }) => absolute?.p50));
  return atMost(`lateness p50 at ${spokenRate(rate)} under 1 ms`, 1, late?.median, () => `${spreadCell(late)} ms`);
}
