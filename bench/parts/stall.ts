import { count } from '../../reports/format.ts';
import type { Bench, Section } from '../bench.ts';
import { feltQuantile, frozen } from '../freeze.ts';
import { atLeast, atMost, type Goal } from '../goal.ts';
import { OURS } from '../peers/ours.ts';
import type { Peer, Told } from '../peers/peer.ts';
import { NO_NGINX, withNginx } from '../server/nginx.ts';
import type { Server } from '../server/server.ts';
import { spreadCell, spreadOf } from '../spread.ts';
import type { Table } from '../table.ts';
import { tried } from '../trial.ts';

const RATE = 1_000;
const SECONDS = 10;
const FREEZE = { after: 4_000, lasting: 2_000 } as const;

/** What one client told of a stall, and what there was to tell. */
interface StallTrial {
  /** Milliseconds the server stood still. */
  readonly stall: number;
  readonly feltP99: number;
  readonly told: Told;
}

interface Contestant {
  readonly peer: Peer;
  readonly trials: StallTrial[];
}

/** What clients say of a server that stands still for two seconds, while people keep coming. */
export async function stall(bench: Bench): Promise<Section> {
  const contestants: Contestant[] = bench.field.peers
    .filter(({ name }) => name !== 'wrk')
    .map((peer) => ({ peer, trials: [] }));
  const measured = await withNginx(bench, (nginx) => rounds(nginx, contestants, bench));
  return {
    part: 'stall',
    title: `A stall of ${FREEZE.lasting / 1_000} s at ${count(RATE)}/s`,
    tables: measured ? [tableOf(measured)] : [],
    goals: goalsOf(contestants.find(({ peer }) => peer.name === OURS)?.trials ?? []),
    notes: measured ? NOTES : [NO_NGINX],
    figures: contestants.map(({ peer, trials }) => ({ name: peer.name, version: peer.version, trials })),
  };
}

const NOTES = [
  `${SECONDS} s of load; nginx is stopped (SIGSTOP) after ${FREEZE.after / 1_000} s and goes on ${FREEZE.lasting / 1_000} s later. Everybody due meanwhile waits for the rest of it: that is what was felt.`,
  'failed: requests of the schedule that were dropped or got no good answer. k6 has the virtual users that its manual reckons with, and room for ten times as slow a server. wrk knows no rate.',
];

async function rounds(nginx: Server, contestants: readonly Contestant[], bench: Bench): Promise<readonly Contestant[]> {
  for (let round = 0; round < bench.rounds; round += 1) {
    for (const { peer, trials } of contestants) {
      bench.tell(`stall: round ${round + 1} of ${bench.rounds}, ${peer.name}`);
      const load = { rate: RATE, seconds: SECONDS };
      const { told, noticed } = await tried(peer, load, nginx, bench, frozen(nginx, FREEZE));
      // Our account leaves out the second of the ramp.
      const seconds = peer.name === OURS ? SECONDS - 1 : SECONDS;
      trials.push({ stall: noticed, feltP99: feltQuantile(0.99, noticed, seconds), told });
    }
  }
  return contestants;
}

function tableOf(contestants: readonly Contestant[]): Table {
  const cell = (trials: readonly StallTrial[], of: (trial: StallTrial) => number | undefined) =>
    spreadCell(spreadOf(trials.map(of)));
  return {
    title: 'milliseconds',
    columns: ['p50', 'p99', 'p99 felt', 'max', 'max felt', 'failed'],
    rows: contestants.map(({ peer, trials }) => [
      `${peer.name} ${peer.version}`,
      cell(trials, ({ told }) => told.latency.p50),
      cell(trials, ({ told }) => told.latency.p99),
      cell(trials, ({ feltP99 }) => feltP99),
      cell(trials, ({ told }) => told.latency.max),
      cell(trials, (trial) => trial.stall),
      cell(trials, ({ told }) => told.failed),
    ]),
  };
}

function goalsOf(trials: readonly StallTrial[]): Goal[] {
  const share = spreadOf(trials.map(({ told, feltP99 }) => told.latency.p99 / feltP99));
  const failed = spreadOf(trials.map(({ told }) => told.failed));
  const percent = (value: number) => `${Math.round(value * 100)} %`;
  return [
    atLeast('the p99 told of a stall is at least 95 % of what was felt', 0.95, share?.min, () =>
      spreadCell(share, percent),
    ),
    atMost('nobody who was due in a stall is dropped or lost', 0, failed?.max, count),
  ];
}
