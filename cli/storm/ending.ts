import { existsSync } from 'node:fs';
import { EXIT, type ExitCode } from '../../core/exit.ts';
import { Mistakes, sentence } from '../../core/mistake.ts';
import { JourneyBroke } from '../../generators/crew.ts';
import { Halted } from '../../metrics/halts.ts';
import { exitCodeOf } from '../../score/exit.ts';
import type { Console } from '../console.ts';
import { tellRemaining } from '../faults/remaining.ts';
import { Interrupted } from '../interruption.ts';
import type { Results } from './results.ts';
import type { Stormed } from './storm.ts';

/** What the process answers for one run: what it left comes before how it ended, and that before what it found. */
export function exitCodeFor({
  score,
  cutShort,
  remaining,
}: Pick<Stormed, 'score' | 'cutShort' | 'remaining'>): ExitCode {
  if (remaining.length > 0) return EXIT.uncleaned;
  if (cutShort === undefined) return exitCodeOf(score);
  if (cutShort instanceof Interrupted) return EXIT.interrupted;
  if (cutShort instanceof Halted) return EXIT.halted;
  if (cutShort instanceof Mistakes) return cutShort.exitCode;
  return cutShort instanceof JourneyBroke ? EXIT.exception : EXIT.broken;
}

/** Tells what a run has left that was one of several, and that the others are not begun because of it, if so. */
export function tellLast(
  { remaining }: Pick<Stormed, 'remaining'>,
  done: string,
  { tell }: Pick<Console, 'tell'>,
): void {
  if (remaining.length > 0) tell(`stormtest: stopped ${done}: nothing more is stormed before everything is put back`);
}

/** Tells what ended a run before its time, if anything did, and what it has left, if it did. */
export function tellEnding({ cutShort, remaining }: Pick<Stormed, 'cutShort' | 'remaining'>, console: Console): void {
  tellRemaining(remaining, console);
  tellCut(cutShort, console);
}

/** Tells why something ended before its time. */
export function tellCut(cutShort: unknown, { tell }: Pick<Console, 'tell'>): void {
  if (cutShort === undefined) return;
  if (cutShort instanceof Mistakes) {
    for (const mistake of cutShort.list) tell(`stormtest: ${sentence(mistake)}`);
  } else if (cutShort instanceof Interrupted) tell(`stormtest: ${cutShort.message}`);
  else if (cutShort instanceof Halted) tell(`stormtest: halted: ${cutShort.message}`);
  else if (cutShort instanceof JourneyBroke)
    tell(`stormtest: a journey or an adapter broke: ${(cutShort.cause as Error)?.stack ?? cutShort.message}`);
  else tell(`stormtest: a bug of ours: ${(cutShort as Error)?.stack ?? String(cutShort)}`);
}

/** The files a run has left, for the end of a report. */
export function filesOf({ html, json, recording }: Results): string[] {
  return [html, json, recording].filter((file) => existsSync(file));
}
