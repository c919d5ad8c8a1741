/** The least widths in pixels of a plot without its margins: on a telephone, in half a page, in a whole one. */
const NARROW = 290;
const HALF = 370;
const WHOLE = 710;
/** A generous mean width of a character at the size of labels. */
const CHARACTER = 7.2;

/**
 * The class that shows a label only where it has room: '' everywhere, `roomy` from half a page on, `ample` on a whole
 * one, `nowhere`. `room` is the share of a plot's width it may take.
 */
export function fits(label: string, room: number): '' | 'roomy' | 'ample' | 'nowhere' {
  const needed = [...label].length * CHARACTER + 4;
  if (room * NARROW >= needed) return '';
  if (room * HALF >= needed) return 'roomy';
  return room * WHOLE >= needed ? 'ample' : 'nowhere';
}

/** The share of a plot's width within which two moments would cover each other's letters. */
const CLOSE = 0.08;

/** A row for each moment, in order of time, so that none covers another: the lowest that is free at its place. */
export function rowsOf(moments: readonly number[], seconds: number): number[] {
  const taken: number[] = [];
  return moments.map((second) => {
    const free = taken.findIndex((last) => second - last >= CLOSE * seconds);
    const row = free < 0 ? taken.length : free;
    taken[row] = second;
    return row;
  });
}

/** Spreads labels down a margin so that none covers another: wanted heights in, free heights out, in the same order. */
export function spread(wanted: readonly number[], gap: number, height: number): number[] {
  const order = wanted.map((at, place) => ({ at, place })).sort((a, b) => a.at - b.at);
  let free = Number.NEGATIVE_INFINITY;
  for (const label of order) {
    label.at = Math.max(label.at, free);
    free = label.at + gap;
  }
  let limit = height;
  for (const label of order.toReversed()) {
    label.at = Math.min(label.at, limit);
    limit = label.at - gap;
  }
  return order.sort((a, b) => a.place - b.place).map(({ at }) => at);
}
