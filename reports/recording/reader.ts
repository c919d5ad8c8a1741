import { createReadStream } from 'node:fs';
import type { RunEvent } from '../../core/event.ts';
import { type Mistake, Mistakes } from '../../core/mistake.ts';
import { type Recording, RecordingBuilder } from '../../core/recording.ts';
import { mistakesOfEvent } from './event-shape.ts';
import { type Line, linesOf } from './lines.ts';
import { unreadable } from './unreadable.ts';

/** A recording out of a file, and a sentence about its torn last line, if it ends with one. */
export interface WholeRecording {
  readonly recording: Recording;
  readonly cut: string | undefined;
}

/** So many mistakes are told of one file; more would help nobody. */
const MOST_MISTAKES = 10;

/**
 * Reads a recording line by line, in memory that grows with what it says and not with the length of the file. One torn
 * line at the end is put up with: a run that was killed leaves one. Anything else that is not as recording/1 has it
 * throws Mistakes, each with `file:line`.
 */
export async function readRecording(path: string): Promise<WholeRecording> {
  const builder = new RecordingBuilder();
  const mistakes: Mistake[] = [];
  let cut: string | undefined;
  try {
    for await (const line of linesOf(createReadStream(path))) {
      const found = line.number === 1 ? opening(path, line) : following(path, line);
      if (found === 'torn') cut = tornAt(path, line, builder);
      else if (Array.isArray(found)) mistakes.push(...found);
      else builder.add(found);
      if (mistakes.length > 0 && (line.number === 1 || mistakes.length >= MOST_MISTAKES)) break;
    }
  } catch (thrown) {
    throw unreadable(path, thrown);
  }
  if (mistakes.length > 0) throw new Mistakes(mistakes.slice(0, MOST_MISTAKES));
  const recording = builder.build();
  if (!recording) throw Mistakes.of(path, 'is empty', 'a recording begins with an opening line');
  return { recording, cut };
}

type Found = RunEvent | 'torn' | Mistake[];

function opening(path: string, line: Line): Found {
  const where = `${path}:1`;
  const event = parsed(line);
  if (event === undefined && !line.ended)
    return [{ where, what: 'is no recording: it ends before its opening line does' }];
  if (!isObject(event) || event.kind !== 'opened')
    return [{ where, what: 'is no recording: its first line is not an opening line', mend: 'name a recording.jsonl' }];
  if (event.version !== 'recording/1')
    return [{ where, what: `is of version ${spokenVersion(event.version)}; this stormtest reads recording/1` }];
  return judged(where, event);
}

function following(path: string, line: Line): Found {
  const where = `${path}:${line.number}`;
  const event = parsed(line);
  if (event === undefined && !line.ended) return 'torn';
  if (!isObject(event)) return [{ where, what: `is not an event: ${excerpt(line)}` }];
  if (event.kind === 'opened')
    return [{ where, what: 'a second opening line: this file holds two recordings', mend: 'split it there' }];
  return judged(where, event);
}

function judged(where: string, event: Readonly<Record<string, unknown>>): Found {
  const mistakes = mistakesOfEvent(event).map(({ at, what }) => ({ where, what: `${at} ${what}` }));
  // The shape was just checked.
  return mistakes.length > 0 ? mistakes : (event as unknown as RunEvent);
}

function parsed({ text }: Line): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function tornAt(path: string, { number }: Line, builder: RecordingBuilder): string {
  const last = builder.build()?.lastAt ?? 0;
  return `${path}:${number}: the last line is torn; the recording is read up to ${(last / 1_000).toFixed(0)} s`;
}

function spokenVersion(version: unknown): string {
  return typeof version === 'string' && version.length <= 40 ? JSON.stringify(version) : 'an unknown kind';
}

function excerpt({ text }: Line): string {
  if (text === undefined) return 'not UTF-8 text';
  if (text.trim() === '') return 'an empty line';
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
