/** How far a delay is from the middle of its range at a moment: -1 at its least, 1 at its most. */
export interface Sway {
  /**
   * Moves on to `at` (milliseconds, never back) at a speed that suits a range of `half` milliseconds to both sides, and
   * returns the position.
   */
  position(at: number, half: number): number;
}

/** Milliseconds of delay per millisecond of time. Below 1, or a later datagram would overtake an earlier one. */
const SPEED = 0.9;
/** After a way of so many half ranges nothing is left of where it began. */
const FORGOTTEN = 40;

/**
 * Goes to and fro at one speed, turns at the ends of its range, and at random on the way, once in a half range on
 * average. In the long run it is equally often everywhere, whatever the rate at which datagrams ask; drawing a delay for
 * each datagram and then keeping their order would push most of a fast client's datagrams to the upper end.
 */
export function swayOf(random: () => number): Sway {
  let [position, direction, toTurn, last] = [0, 1, 0, Number.NEGATIVE_INFINITY];
  const drawn = () => {
    position = random() * 2 - 1;
    direction = random() < 0.5 ? -1 : 1;
    toTurn = -Math.log(1 - random());
  };
  const moved = (way: number) => {
    for (let left = way; left > 0; ) {
      const toWall = direction > 0 ? 1 - position : 1 + position;
      const step = Math.min(left, toTurn, toWall);
      position += direction * step;
      toTurn -= step;
      left -= step;
      if (step === toWall) direction = -direction;
      if (toTurn <= 0) {
        toTurn = -Math.log(1 - random());
        if (step !== toWall) direction = -direction;
      }
    }
  };
  return {
    position(at, half) {
      if (half <= 0) return 0;
      const way = ((at - last) * SPEED) / half;
      if (way > FORGOTTEN) drawn();
      else if (way > 0) moved(way);
      last = Math.max(last, at);
      return position;
    },
  };
}
