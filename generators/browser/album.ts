import type { Picture } from '../../core/event.ts';
import type { Visit } from './visit.ts';

/** Pictures of failures; the first few show what the others do. */
const MOST_FAILURES = 3;
/** A picture is this large at most, in characters of base64: a report holds all of them. */
const LARGEST = 200_000;
const QUALITIES = [60, 25, 8];

/** The few pictures of a run, as they are taken. */
export class Album {
  readonly #tell: (picture: Picture) => void;
  readonly #now: () => number | undefined;
  readonly #pictureAt: number | undefined;
  readonly #says = new Set<string>();
  #atHeight = false;

  /** `now` is on the run's clock, undefined before it began. */
  constructor(tell: (picture: Picture) => void, now: () => number | undefined, pictureAt: number | undefined) {
    this.#tell = tell;
    this.#now = now;
    this.#pictureAt = pictureAt;
  }

  /** Whether the picture at the height of the storm is due, and nobody has taken it. */
  get isDue(): boolean {
    const now = this.#now();
    return !this.#atHeight && this.#pictureAt !== undefined && now !== undefined && now >= this.#pictureAt;
  }

  /** Takes the picture at the height of the storm. */
  async height(visit: Visit): Promise<void> {
    this.#atHeight = await this.#take(visit, 'storm', visit.isAttending ? 'in the meeting' : 'on the way in');
  }

  /** Takes the picture of a failure, unless there are enough, or one of the same. */
  async failure(visit: Visit, says: string): Promise<void> {
    if (this.#says.size >= MOST_FAILURES || this.#says.has(says) || this.#now() === undefined) return;
    this.#says.add(says);
    await this.#take(visit, 'failure', says);
  }

  async #take(visit: Visit, why: Picture['why'], says: string): Promise<boolean> {
    const at = this.#now() ?? 0;
    for (const quality of QUALITIES) {
      const jpeg = await visit.picture(quality);
      if (jpeg === undefined) return false;
      if (jpeg.length > LARGEST) continue;
      this.#tell({ kind: 'picture', at, why, says, jpeg });
      return true;
    }
    return false;
  }
}
