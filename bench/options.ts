import { parseArgs } from 'node:util';
import { type Mistake, Mistakes } from '../core/mistake.ts';
import { nearest } from '../core/nearest.ts';

/** What can be measured, in the order it is. */
export const PARTS = [
  'cpu',
  'lateness',
  'stall',
  'websockets',
  'memory',
  'start',
  'proxies',
  'relay',
  'participants',
  'webrtc',
  'joins',
] as const;

export type Part = (typeof PARTS)[number];

/** What the benchmark is asked to do. */
export interface Options {
  /** Arrivals per second of the open load, each measured by itself. */
  readonly rates: readonly number[];
  /** Seconds of one trial; parts that need less or more take a share or a multiple of it. */
  readonly seconds: number;
  /** How often all clients take turns. */
  readonly rounds: number;
  readonly only: readonly Part[];
  readonly json: boolean;
}

/** How the benchmark is called. */
export const USAGE = `npm run bench -- [--rates 1000,5000,10000] [--seconds 20] [--rounds 3] [--only ${PARTS.join(',')}] [--json]`;

/** Reads the command line; throws Mistakes, all at once. */
export function readOptions(args: readonly string[]): Options {
  const given = parsed(args);
  const mistakes: Mistake[] = [];
  const whole = (name: string, text: string, most: number): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1 || value > most)
      mistakes.push({ where: `--${name}`, what: `must be a whole number from 1 to ${most}, not "${text}"` });
    return value;
  };
  const part = (text: string): Part => {
    const known = PARTS.find((name) => name === text);
    if (known) return known;
    const meant = nearest(text, PARTS);
    const mend = meant ? `did you mean ${meant}?` : `known are ${PARTS.join(', ')}`;
    mistakes.push({ where: '--only', what: `there is no part "${text}"`, mend });
    return 'cpu';
  };
  const options = {
    rates: given.rates.split(',').map((text) => whole('rates', text, 100_000)),
    seconds: whole('seconds', given.seconds, 600),
    rounds: whole('rounds', given.rounds, 100),
    only: given.only.split(',').map(part),
    json: given.json,
  };
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  return options;
}

function parsed(args: readonly string[]) {
  const options = {
    rates: { type: 'string', default: '1000,5000,10000' },
    seconds: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: PARTS.join(',') },
    json: { type: 'boolean', default: false },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (thrown) {
    throw Mistakes.of('usage', (thrown as Error).message, USAGE);
  }
}
