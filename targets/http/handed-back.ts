import { Failure } from '../../core/failure.ts';
import type { KeptRecording } from '../../core/target.ts';
import { REGISTERS, type Values } from './compile/scope.ts';

/** The identifier that an operation has captured, as its declaration was checked to do. */
export function captured(values: Values, name: 'meeting.id' | 'ticket.id' | 'recording.id'): string {
  const value = values[REGISTERS[name]];
  if (value === undefined) throw new Error(`nothing captured ${name}`);
  return value;
}

/** A count that an operation has captured, if it did; throws a Failure when the target answered with anything else. */
export function countIn(
  values: Values,
  name: 'meeting.participants' | 'meeting.count' | 'recording.bytes',
): number | undefined {
  const count = values[REGISTERS[name]];
  if (count === undefined) return undefined;
  if (!/^\d+$/.test(count)) throw new Failure('protocol', `${name}: the target answers no count`);
  return Number(count);
}

/** What was told of a recording. */
export function recordingOf(values: Values): KeptRecording {
  const bytes = countIn(values, 'recording.bytes');
  const checksum = values[REGISTERS['recording.checksum']];
  return {
    id: captured(values, 'recording.id'),
    ...(bytes !== undefined && { bytes }),
    ...(checksum !== undefined && { checksum }),
  };
}
