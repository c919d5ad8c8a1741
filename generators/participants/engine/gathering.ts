import type { Participant } from './participant.ts';

/** Others count as somebody to be heard once they have been sending for so long, in milliseconds. */
const SETTLED = 1_000;

/** Those participants of this engine who are in one meeting. */
export class Gathering {
  readonly #members = new Set<Participant>();

  get size(): number {
    return this.#members.size;
  }

  add(participant: Participant): void {
    this.#members.add(participant);
  }

  remove(participant: Participant): void {
    this.#members.delete(participant);
  }

  /** How many have had their seats for long enough, at a moment, that whoever is there must hear them. */
  settled(at: number): number {
    let count = 0;
    for (const { boundAt } of this.#members) if (boundAt !== undefined && boundAt <= at - SETTLED) count += 1;
    return count;
  }

  /** Whether somebody besides this one has. */
  company(of: Participant, at: number): boolean {
    for (const other of this.#members)
      if (other !== of && other.boundAt !== undefined && other.boundAt <= at - SETTLED) return true;
    return false;
  }
}
