import { existsSync } from 'node:fs';
import { EXIT, type ExitCode } from '../../core/exit.ts';
import { Halted } from '../../metrics/halts.ts';
import { exitCodeOf } from '../../score/exit.ts';
import { brokenCode, tellBroken } from '../broken.ts';
import type { Console } from '../console.ts';
import { tellRemaining } from '../faults/remaining.ts';
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
  return cutShort instanceof Halted ? EXIT.halted : brokenCode(cutShort);
}

/** Tells, where a run that is one of several has left something, that the others are not begun because of it. */
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
export function tellCut(cutShort: unknown, console: Pick<Console, 'tell'>): void {
  if (cutShort === undefined) return;
  if (cutShort instanceof Halted) console.tell(`stormtest: halted: ${cutShort.message}`);
  else tellBroken(cutShort, console);
}

/** The files a run has left, for the end of a report. */
export function filesOf({ html, json, recording }: Results): string[] {
  return [html, json, recording].filter((file) => existsSync(file));
}
