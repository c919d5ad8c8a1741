import type { Comings } from '../core/event.ts';
import type { Attendance, Entry } from '../core/media.ts';
import type { Book } from './book.ts';
import type { MediaBook, MediaKey } from './media-book.ts';

/** Somebody who is planned to be in a meeting, whether they are or not. */
export interface Stay {
  readonly key: MediaKey;
  /** The first second that counts, and the first that does not any more. */
  readonly from: number;
  readonly to: number;
  /** They were told that there is no place, before they ever had one: nothing is owed to them. */
  refused: boolean;
  /** Undefined while they are not in. */
  attendance: Attendance | undefined;
}

/**
 * Everybody who is planned to be in a meeting. Each planned second of each of them is offered in the class `media`, and
 * good when the quality floor held: whoever was dropped stays in the denominator.
 */
export class Stays {
  readonly #book: Book;
  readonly #media: MediaBook;
  readonly #all = new Set<Stay>();

  constructor(book: Book, media: MediaBook) {
    this.#book = book;
    this.#media = media;
  }

  add(key: MediaKey, from: number, to: number): Stay {
    const stay: Stay = { key, from, to, refused: false, attendance: undefined };
    if (to > from) this.#all.add(stay);
    return stay;
  }

  /** Notes how somebody came in or came back, or lost their seat, in a second. */
  came(key: MediaKey, second: number, how: Partial<Comings>): void {
    this.#media.came(key, second, how);
  }

  /** Notes how long each step of joining has taken somebody. */
  entered(key: MediaKey, second: number, entry: Entry): void {
    this.#media.entered(key, second, entry);
  }

  /** Writes a second down that is over, and that all attendances know the facts of. */
  over(second: number): void {
    for (const stay of this.#all) {
      if (second >= stay.to - 1) this.#all.delete(stay);
      if (second < stay.from || second >= stay.to || stay.refused) continue;
      const breach = this.#media.second(stay.key, second, stay.attendance?.facts(second));
      this.#book.stayed({ ...stay.key, second, class: 'media' }, breach);
    }
  }
}
