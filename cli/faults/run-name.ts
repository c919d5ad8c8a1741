import { randomBytes } from 'node:crypto';

/** A name for a run, unlike that of any other run on any machine; it is part of what faults are called. */
export function runName(): string {
  return `${Date.now().toString(36)}${randomBytes(3).toString('hex')}`;
}
