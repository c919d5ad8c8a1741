import { deferred } from '../core/deferred.ts';
import { Failure } from '../core/failure.ts';
import type { Attendance, MediaSeat } from '../core/media.ts';
import type { Participation, SeatNews } from '../core/target.ts';

/** Somebody in a meeting: their media, and how they go. */
export interface Presence {
  readonly attendance: Attendance;
  leave(): Promise<void>;
}

/** Takes the seats somebody is given. */
export interface Seating {
  /** Takes the first one, as a part of joining. */
  attend(seat: MediaSeat): Promise<Attendance>;
  /** Goes over to another one, with patience of its own. */
  goOver(seat: MediaSeat): Promise<Attendance>;
}

/**
 * Takes the seat of whoever has joined, and follows what the target says of it from then on: goes over to another one when
 * it has moved, and has lost it when that is said, as when no media comes any more.
 */
export async function presence(
  { media, follow, leave }: Pick<Participation, 'follow' | 'leave'> & { readonly media: MediaSeat },
  seating: Seating,
): Promise<Presence> {
  let current = await seating.attend(media);
  let before: Attendance | undefined;
  let isOver = false;
  const lost = deferred<string>();
  const watch = (attendance: Attendance) =>
    void attendance.lost.then(
      (says) => attendance === current && lost.resolve(says),
      (thrown: unknown) => attendance === current && lost.reject(thrown),
    );
  const goOver = async (seat: MediaSeat) => {
    if (isOver) return;
    // The target has given it to nobody any more, and whoever is alone would wait to hear themselves.
    before = current;
    before.leave();
    const next = await seating.goOver(seat);
    if (isOver) return next.leave();
    current = next;
    watch(next);
  };
  // One after another: the last place that is told is where the meeting is.
  let moving = Promise.resolve();
  const heard = (news: SeatNews) => {
    if (news.is === 'lost') return lost.resolve(news.says);
    moving = moving
      .then(() => goOver(news.media))
      .catch((thrown: unknown) => {
        if (thrown instanceof Failure) lost.resolve(thrown.message);
        else lost.reject(thrown);
      });
  };
  watch(current);
  follow?.(heard);
  return {
    attendance: {
      lost: lost.promise,
      facts: (second) => current.facts(second) ?? before?.facts(second),
      leave() {
        isOver = true;
        current.leave();
      },
    },
    leave,
  };
}
