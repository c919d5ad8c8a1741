import { Exhausted } from '../exhausted.ts';
import type { Chrome } from './library.ts';
import { Visit, type VisitTerms } from './visit.ts';

/** The pages of one browser, a few at most, by the numbers they were opened under. */
export class Pages {
  readonly #chrome: Chrome;
  readonly #terms: VisitTerms;
  readonly #most: number;
  readonly #gone: (page: number, says: string) => void;
  readonly #visits = new Map<number, Visit>();
  /** Those that are being opened. */
  #coming = 0;

  constructor(chrome: Chrome, terms: VisitTerms, most: number, gone: (page: number, says: string) => void) {
    this.#chrome = chrome;
    this.#terms = terms;
    this.#most = most;
    this.#gone = gone;
  }

  get(page: number): Visit | undefined {
    return this.#visits.get(page);
  }

  get attending(): readonly (readonly [number, Visit])[] {
    return [...this.#visits].filter(([, visit]) => visit.isAttending);
  }

  /** The one to be shown: somebody in a meeting, or else whoever came last. */
  get shown(): Visit | undefined {
    return this.attending[0]?.[1] ?? [...this.#visits.values()].at(-1);
  }

  /** Opens another one, for which the one that was used least lately has to make room if need be; throws Exhausted. */
  async open(page: number): Promise<Visit> {
    if (this.#visits.size + this.#coming >= this.#most) this.#makeRoom();
    this.#coming += 1;
    try {
      const visit = await Visit.open(this.#chrome, this.#terms, (says) => {
        if (this.#visits.delete(page)) this.#gone(page, says);
      });
      this.#visits.set(page, visit);
      return visit;
    } finally {
      this.#coming -= 1;
    }
  }

  async close(page: number): Promise<void> {
    const visit = this.#visits.get(page);
    this.#visits.delete(page);
    await visit?.close();
  }

  #makeRoom(): void {
    const idle = [...this.#visits].filter(([, { isIdle }]) => isIdle);
    const [longest] = idle.sort(([, a], [, b]) => a.usedAt - b.usedAt);
    if (!longest) throw new Exhausted(`all ${this.#most} pages of the browser are in use: declare more, or less load`);
    this.#gone(longest[0], 'it had to make room for another one');
    void this.close(longest[0]);
  }
}
