import type { Bench, Section } from '../bench.ts';
import { atLeast } from '../goal.ts';
import { carriedBy, measureParticipants, type ParticipantsTrial } from '../participants/measure.ts';
import { spreadOf } from '../spread.ts';

/** Three trials a round: each gets a share of the usual seconds. */
const shorter = (seconds: number) => Math.max(3, Math.round(seconds / 4));

/** How many RTP participants one core carries. */
export async function participants(bench: Bench): Promise<Section> {
  const { trials, table } = await measureParticipants({ ...bench, seconds: shorter(bench.seconds) });
  return {
    part: 'participants',
    title: 'Participants with sound',
    tables: [table],
    goals: [
      atLeast('RTP participants that a core carries, each hearing three: 1,000', 1_000, carried(trials), (figure) =>
        figure.toFixed(0),
      ),
    ],
    notes: [
      'Every participant has a socket of its own, sends 50 packets of sound a second, and keeps all statistics of three voices.',
      'Where a core is used up, participants send fewer packets, and hear fewer: only the part that kept pace counts as carried.',
      'The server is the least that can be done in Node, and has a core to itself where there are two: what it loses counts as lost.',
    ],
    figures: trials,
  };
}

/** By the largest trial, as long as nearly nothing was lost in it. */
function carried(trials: readonly ParticipantsTrial[]): number | undefined {
  const largest = Math.max(...trials.map(({ count }) => count));
  const alike = trials.filter(({ count, lost }) => count === largest && lost < 0.01);
  return spreadOf(alike.map(carriedBy))?.median;
}
