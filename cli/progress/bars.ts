import type { Second } from './glance.ts';
import type { Paint } from './paint.ts';

const EIGHTHS = ' ▁▂▃▄▅▆▇█';
const LOST = '░';

/**
 * Draws the people of every second as bars of so many rows: below, solid, those who got what they came for; above them
 * those who did not, in red as soon as it is too late for them (`decided`, a moment on the run's clock in seconds).
 */
export function bars(
  history: readonly Second[],
  { width, rows, decided }: { readonly width: number; readonly rows: number; readonly decided: number },
  paint: Paint,
): string[] {
  const shown = history.slice(-width);
  const most = Math.max(1, ...history.map(({ offered }) => offered));
  return Array.from({ length: rows }, (_, row) => {
    const floor = rows - 1 - row;
    const cells = shown.map(({ offered, good, second }) => {
      const [served, came] = [(good / most) * rows - floor, (offered / most) * rows - floor];
      if (served > 0) return paint.good(EIGHTHS[Math.max(1, Math.min(8, Math.round(served * 8)))] ?? ' ');
      if (came < 0.5) return ' ';
      return second < decided ? paint.bad(LOST) : paint.dim(LOST);
    });
    return cells.join('');
  });
}
