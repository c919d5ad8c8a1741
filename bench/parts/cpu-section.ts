import { count } from '../../reports/format.ts';
import type { Section } from '../bench.ts';
import { atMost, type Goal } from '../goal.ts';
import { OURS } from '../peers/ours.ts';
import type { Told } from '../peers/peer.ts';
import { ratios, spreadCell, spreadOf } from '../spread.ts';
import type { Table } from '../table.ts';
import { spokenRate, tablePerRate } from './rate.ts';

/** One client at one rate, round by round. */
export interface Contestant {
  readonly name: string;
  readonly version: string;
  /** Undefined for as fast as it goes. */
  readonly rate: number | undefined;
  readonly costs: readonly Cost[];
}

/** What one trial cost, in CPU seconds per 10,000 requests. */
export interface Cost {
  readonly cpu: number;
  readonly warmCpu: number | undefined;
  readonly seen: number;
  readonly told: Told;
}

/** The rate the goals are about. */
const GOAL_RATE = 10_000;

/** Puts what was measured into tables, and the goals beside it. */
export function cpuSection(contestants: readonly Contestant[], missing: readonly string[]): Section {
  return {
    part: 'cpu',
    title: 'CPU per request',
    tables: tablePerRate(contestants, tableOf),
    goals: goalsOf(contestants),
    notes: [...missing, ...(contestants.length > 0 ? NOTES : [])],
    figures: contestants,
  };
}

const NOTES = [
  'CPU: seconds of the whole process per 10,000 requests that reached nginx, start and warm-up included; warm: the same between two moments of full load. Median of the rounds (least-most).',
  '/vegeta, /k6: CPU over theirs, round by round.',
  'stormtest reads, checks and captures from every answer and draws a person for every arrival; vegeta and k6 send one body and throw answers away.',
  'failed: what a client says got no good answer, what it dropped included. A client that cannot keep the rate on one core drops the rest; what it made counts.',
];

function tableOf(rate: number | undefined, contestants: readonly Contestant[]): Table {
  return {
    title: spokenRate(rate),
    columns: ['CPU s/10k', '/vegeta', '/k6', 'warm', 'requests', 'failed'],
    rows: contestants.map((each) => {
      const { name, version, costs } = each;
      return [
        `${name} ${version}`,
        spreadCell(spreadOf(costs.map(({ cpu }) => cpu))),
        spreadCell(spreadOf(versus(each, 'vegeta', contestants)), twoDecimals),
        spreadCell(spreadOf(versus(each, 'k6', contestants)), twoDecimals),
        spreadCell(spreadOf(costs.map(({ warmCpu }) => warmCpu))),
        spreadCell(spreadOf(costs.map(({ seen }) => seen)), count),
        spreadCell(spreadOf(costs.map(({ told }) => told.failed)), count),
      ];
    }),
  };
}

const twoDecimals = (value: number) => value.toFixed(2);

/** CPU over that of another client at the same rate; nothing for the other itself, or when it is absent. */
function versus(one: Contestant, other: string, all: readonly Contestant[]): (number | undefined)[] {
  const against = all.find((each) => each.name === other && each.rate === one.rate);
  return against && one.name !== other ? over(one, against) : [];
}

function over(one: Contestant, other: Contestant): (number | undefined)[] {
  return ratios(
    one.costs.map(({ cpu }) => cpu),
    other.costs.map(({ cpu }) => cpu),
  );
}

function goalsOf(contestants: readonly Contestant[]): Goal[] {
  const at = `CPU per request at ${spokenRate(GOAL_RATE)}`;
  return [
    goalAgainst('vegeta', 1, `${at} at most that of vegeta`, contestants),
    goalAgainst('k6', 0.5, `${at} at most half of k6's`, contestants),
  ];
}

/**
 * Holds us against another client at the highest measured rate that it kept, up to the one the goal is about: one that
 * is overrun spends on its own trouble, and its requests seem dear.
 */
function goalAgainst(other: string, most: number, says: string, contestants: readonly Contestant[]): Goal {
  const ours = contestants.find(({ name, rate }) => name === OURS && rate === GOAL_RATE);
  const present = contestants.filter(({ name, rate }) => name === other && rate !== undefined && rate <= GOAL_RATE);
  const [kept] = present.filter(hasKept).sort((a, b) => (b.rate ?? 0) - (a.rate ?? 0));
  if (ours && present.length > 0 && !kept)
    return { says, figure: `not told: ${other} kept no rate that was measured`, met: undefined };
  const ratio = ours && kept && hasKept(ours) ? spreadOf(over(ours, kept)) : undefined;
  const where = kept?.rate === GOAL_RATE ? '' : ` at ${spokenRate(kept?.rate)}, the highest rate it kept`;
  return atMost(says, most, ratio?.median, () => `${spreadCell(ratio, twoDecimals)} of ${other}'s${where}`);
}

/** What may be missing of a rate that still counts as kept. */
const MISSING = 0.05;

/** Most rounds: in one of them the machine may have been elsewhere. */
function hasKept({ costs }: Contestant): boolean {
  const missing = costs.map(({ told: { held, failed }, seen }) => {
    const due = held ?? seen;
    return Math.max(failed, due - seen) / due;
  });
  return (spreadOf(missing)?.median ?? 1) <= MISSING;
}
