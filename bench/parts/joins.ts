import { ENTRY_PHASES, type EntryTime } from '../../core/media.ts';
import type { Bench, Section } from '../bench.ts';
import { atLeast } from '../goal.ts';
import { type JoinTrial, stormed } from '../joins/storm.ts';
import { startLivekit } from '../server/livekit.ts';
import { spreadCell, spreadOf } from '../spread.ts';
import type { Table } from '../table.ts';

/** People a second; the second is the one that is asked for, and the others say where the limit is. */
const RATES = [25, 50, 75];
const ASKED = 50;
const MOST_SECONDS = 8;

/** How many people a second get into the rooms of a real server, and what each step takes them. */
export async function joins(bench: Bench): Promise<Section> {
  const trials: JoinTrial[] = [];
  const seconds = Math.min(MOST_SECONDS, bench.seconds);
  for (let round = 1; round <= bench.rounds; round += 1)
    for (const rate of RATES) {
      bench.tell(`joins: round ${round} of ${bench.rounds}, ${rate}/s`);
      const hall = await startLivekit(bench);
      if (!hall) return told([]);
      try {
        trials.push(await stormed(hall, rate, seconds, bench));
      } finally {
        await hall.stop();
      }
    }
  return told(trials);
}

function told(trials: readonly JoinTrial[]): Section {
  const asked = trials.filter(({ rate }) => rate === ASKED);
  const first = spreadOf(asked.filter(isBelieved).map(({ account }) => account.first / account.due));
  return {
    part: 'joins',
    title: 'People who join the rooms of a LiveKit server over WebRTC',
    tables: trials.length > 0 ? [outcomes(trials), steps(trials)] : [],
    goals: [
      atLeast(`of ${ASKED} people a second 99 % are in at their first attempt`, 0.99, first?.median, () =>
        spreadCell(first, percent),
      ),
    ],
    notes: trials.length > 0 ? notesOf(trials) : ['livekit-server is not here: nothing was measured'],
    figures: trials,
  };
}

/** What the generator itself has spoilt says nothing of the server. */
function isBelieved({ account }: JoinTrial): boolean {
  return account.validity.length === 0;
}

function outcomes(trials: readonly JoinTrial[]): Table {
  return tableOf(
    trials,
    'joins a second',
    ['due', 'at once %', 'at all %', 'attempts each', 'late p99 ms', 'lag ms', 'cores', 'of the server'],
    [
      ({ account }) => `${account.due}`,
      ({ account }) => percent(account.first / account.due),
      ({ account }) => percent(account.eventual / account.due),
      ({ account }) => (account.attempts / account.due).toFixed(2),
      ({ account }) => `${Math.round(account.lateP99 ?? Number.NaN)}`,
      ({ account }) => `${Math.round(account.lag)}`,
      ({ cpu }) => cpu.toFixed(2),
      ({ serverCpu }) => serverCpu.toFixed(2),
    ],
  );
}

function steps(trials: readonly JoinTrial[]): Table {
  const cell =
    (time: EntryTime) =>
    ({ account }: JoinTrial) => {
      const took = account.entryMs[time];
      return took ? `${Math.round(took.p50)} / ${Math.round(took.p95)}` : '-';
    };
  return tableOf(
    trials,
    'ms since they began, half / 95 %',
    [...ENTRY_PHASES, 'own at most'],
    [...ENTRY_PHASES, 'own' as const].map(cell),
  );
}

function tableOf(
  trials: readonly JoinTrial[],
  title: string,
  columns: readonly string[],
  cells: readonly ((trial: JoinTrial) => string)[],
): Table {
  return { title, columns, rows: trials.map((trial) => [`${trial.rate}/s`, ...cells.map((cell) => cell(trial))]) };
}

function notesOf(trials: readonly JoinTrial[]): string[] {
  return [
    'Meetings of two with sound, every fifth with a picture; a row for each trial. People wait 10 s, try three times at most, and stay; every attempt counts.',
    'Each step is told with those before it, packet and frame of who came second to a room. own: what of the time to the first packet may have been the generator’s, because its loops were away, at most.',
    ...trials.flatMap(({ rate, account }) =>
      account.validity.map((says) => `${rate}/s: the generator was at its end: ${says}`),
    ),
    ...trials.flatMap(({ rate, account }) =>
      Object.entries(account.failedBy).map(([kind, count]) => `${rate}/s: ${count} were not let in: ${kind}`),
    ),
  ];
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}
