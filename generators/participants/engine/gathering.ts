import type { Member } from './member.ts';

/** Others count as somebody to be heard once they have been sending for so long, in milliseconds. */
const SETTLED = 1_000;

/** Those participants of this engine who are in one meeting. */
export class Gathering {
  readonly #members = new Set<Member>();

  get size(): number {
    return this.#members.size;
  }

  add(participant: Member): void {
    this.#members.add(participant);
  }

  remove(participant: Member): void {
    this.#members.delete(participant);
  }

  /** Whether somebody else who speaks has had their seat for long enough, at a moment, that this one must hear them. */
  company(of: Member, at: number): boolean {
    for (const other of this.#members) if (other !== of && isHeard(other, at)) return true;
    return false;
  }
}

function isHeard({ speaks = true, boundAt }: Member, at: number): boolean {
  return speaks && boundAt !== undefined && boundAt <= at - SETTLED;
}
