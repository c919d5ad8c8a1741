/** Something that has to go on at a moment (milliseconds of `performance.now()`). */
export interface Due {
  readonly due: number;
}

/** Holds what has to go on later, all of it with one timer. What is due at the same time goes in the order it came. */
export interface Wheel<T extends Due> {
  hold(item: T): void;
  /** Takes out whatever is asked for, in the order it was due; it does not go on by itself any more. */
  take(isAsked: (item: T) => boolean): readonly T[];
}

/** One slot for each millisecond of a turn; what is due later than that stays in its slot for more than one turn. */
const SLOTS = 2_048;

/** Makes an empty wheel that hands what is due to `go`, never early, and two or three milliseconds late at most. */
export function wheelOf<T extends Due>(go: (item: T) => void): Wheel<T> {
  const slots: T[][] = Array.from({ length: SLOTS }, () => []);
  let turned = wholeMillisecond();
  let held = 0;
  let timer: NodeJS.Timeout | undefined;

  const arm = () => {
    if (timer === undefined && held > 0) timer = setTimeout(turn, 1);
  };
  const turn = () => {
    timer = undefined;
    for (const now = wholeMillisecond(); turned < now; ) {
      turned += 1;
      const due = takenFrom(slots, turned % SLOTS, (item) => tickOf(item) <= turned);
      held -= due.length;
      for (const item of due) go(item);
    }
    arm();
  };
  return {
    hold(item) {
      // While nothing was held the wheel stood still.
      if (held === 0) turned = wholeMillisecond();
      slots[Math.max(tickOf(item), turned + 1) % SLOTS]?.push(item);
      held += 1;
      arm();
    },
    take(isAsked) {
      const taken = slots.flatMap((_, index) => takenFrom(slots, index, isAsked));
      held -= taken.length;
      return taken.sort((a, b) => a.due - b.due);
    },
  };
}

/** Takes out of a slot what is wanted, in order. */
function takenFrom<T>(slots: T[][], index: number, isWanted: (item: T) => boolean): readonly T[] {
  const slot = slots[index] ?? [];
  if (slot.length === 0) return slot;
  const stay = slot.filter((item) => !isWanted(item));
  slots[index] = stay;
  return stay.length === 0 ? slot : slot.filter(isWanted);
}

function wholeMillisecond(): number {
  return Math.floor(performance.now());
}

/** The first whole millisecond at which it is due. */
function tickOf({ due }: Due): number {
  return Math.ceil(due);
}
