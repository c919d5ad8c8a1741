import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../bench.ts';
import { spreadCell, spreadOf } from '../spread.ts';
import type { Table } from '../table.ts';
import { startFanOut, startParticipants, type Use } from './participants.ts';

/** One trial of so many participants, each of whom hears three others; rates are per second. */
export interface ParticipantsTrial {
  readonly count: number;
  /** Share of a core. */
  readonly cpu: number;
  readonly received: number;
  /** Shares, 0..1; `kept` of the packets that were to come: participants who cannot keep pace send fewer. */
  readonly kept: number;
  readonly lost: number;
  readonly held: number;
  readonly lag: number;
  readonly memory: number;
}

const COUNTS = [100, 500, 1_000];
const WARM_UP = 2_000;
const SPEAKERS = 3;
/** Packets of a voice in a second. */
const VOICE = 50;

/** Measures what participants cost with all their statistics, and whether they keep up. */
export async function measureParticipants(bench: Pick<Bench, 'seconds' | 'rounds' | 'cores' | 'signal' | 'tell'>) {
  const trials: ParticipantsTrial[] = [];
  for (let round = 1; round <= bench.rounds; round += 1)
    for (const count of COUNTS) {
      bench.tell(`round ${round} of ${bench.rounds}: ${count} participants`);
      trials.push(await trialOf(count, bench));
    }
  return { trials, table: tableOf(trials) };
}

async function trialOf(count: number, bench: Parameters<typeof measureParticipants>[0]): Promise<ParticipantsTrial> {
  const { cores, signal, seconds } = bench;
  const fanOut = startFanOut(cores, signal);
  const participants = startParticipants(cores, signal);
  const use = async (): Promise<Use> => {
    participants.tell({ do: 'tell use' });
    return participants.heard('use');
  };
  try {
    await Promise.all([fanOut.heard('begin'), participants.heard('begin')]);
    fanOut.tell({ do: 'listen' });
    const { port } = await fanOut.heard('listen');
    participants.tell({ do: 'attend', port, count });
    await participants.heard('attend', 30_000);
    await sleep(WARM_UP);
    const before = await use();
    await sleep(seconds * 1_000);
    const after = await use();
    const grown = (name: Exclude<keyof Use, 'lag' | 'memory'>) => after[name] - before[name];
    const received = grown('received') / grown('seconds');
    return {
      count,
      cpu: grown('cpu') / grown('seconds'),
      received,
      kept: Math.min(1, received / dueTo(count)),
      lost: Math.max(0, grown('lost')) / Math.max(1, grown('received') + Math.max(0, grown('lost'))),
      held: grown('held') / Math.max(1, grown('participantSeconds')),
      lag: after.lag,
      memory: after.memory,
    };
  } finally {
    await Promise.all([participants.stop(), fanOut.stop()]);
  }
}

/** Packets a second that are to come to so many: three voices, and to those whose voices they are, two. */
function dueTo(count: number): number {
  return (count * SPEAKERS - SPEAKERS) * VOICE;
}

/** How many a core carries: of those there are, the part that kept pace, by the CPU it took. */
export function carriedBy({ count, kept, cpu }: Pick<ParticipantsTrial, 'count' | 'kept' | 'cpu'>): number {
  return (count * kept) / cpu;
}

function tableOf(trials: readonly ParticipantsTrial[]): Table {
  return {
    title: 'RTP participants, each hears three of them',
    columns: ['packets in/s', 'of a core', 'a core carries', 'kept pace %', 'lost %', 'floor held %', 'lag ms', 'MB'],
    rows: [...new Set(trials.map(({ count }) => count))].map((count) => {
      const alike = trials.filter((trial) => trial.count === count);
      const cell = (of: (trial: ParticipantsTrial) => number, digits: number) =>
        spreadCell(spreadOf(alike.map(of)), (value) => value.toFixed(digits));
      return [
        String(count),
        cell(({ received }) => received, 0),
        cell(({ cpu }) => cpu, 2),
        cell(carriedBy, 0),
        cell(({ kept }) => kept * 100, 1),
        cell(({ lost }) => lost * 100, 2),
        cell(({ held }) => held * 100, 1),
        cell(({ lag }) => lag, 0),
        cell(({ memory }) => memory / 1e6, 0),
      ];
    }),
  };
}
