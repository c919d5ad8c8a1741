import { batchesOf } from './batches.ts';

/** Something that has to go on at a moment (milliseconds of `performance.now()`). */
export interface Due {
  readonly due: number;
}

/** Holds what has to go on later, all of it with one timer. What is due at the same time goes in the order it came. */
export interface Wheel<T extends Due> {
  hold(item: T): void;
  /** Lets everything go on now that is asked for, in the order it was due. */
  release(isAsked: (item: T) => boolean): void;
}

/** One slot for each millisecond of a turn; what is due later than that stays in its slot for more than one turn. */
const SLOTS = 2_048;

/** Makes an empty wheel that hands what is due to `go`, never early, and two or three milliseconds late at most. */
export function wheelOf<T extends Due>(go: (item: T) => void): Wheel<T> {
  const slots: T[][] = Array.from({ length: SLOTS }, () => []);
  const ready = batchesOf(go);
  let turned = wholeMillisecond();
  let held = 0;
  let timer: NodeJS.Timeout | undefined;

  const arm = () => {
    if (timer === undefined && held > 0) timer = setTimeout(turn, 1);
  };
  const turn = () => {
    timer = undefined;
    const now = wholeMillisecond();
    while (turned < now) {
      turned += 1;
      held -= take(slots, turned % SLOTS, (item) => tickOf(item) <= turned, ready.add);
    }
    ready.begin();
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
    release(isAsked) {
      const asked: T[] = [];
      for (const index of slots.keys()) held -= take(slots, index, isAsked, (item) => asked.push(item));
      for (const item of asked.sort((a, b) => a.due - b.due)) ready.add(item);
      ready.begin();
    },
  };
}

/** Takes out of a slot what is wanted, in order; how many that was. */
function take<T>(slots: T[][], index: number, isWanted: (item: T) => boolean, to: (item: T) => unknown): number {
  const slot = slots[index];
  if (slot === undefined || slot.length === 0) return 0;
  const stay: T[] = [];
  for (const item of slot) {
    if (isWanted(item)) to(item);
    else stay.push(item);
  }
  slots[index] = stay;
  return slot.length - stay.length;
}

function wholeMillisecond(): number {
  return Math.floor(performance.now());
}

/** The first whole millisecond at which it is due. */
function tickOf({ due }: Due): number {
  return Math.ceil(due);
}
