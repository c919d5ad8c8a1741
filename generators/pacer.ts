/** Calls `work`, which says whether it is through, about every millisecond, and measures how late the loop is about it. */
export interface Pacer {
  /** The longest the loop was away since this was last asked, in milliseconds. */
  takeLag(): number;
  /** How long the loop has been away in all, in milliseconds: held up by work, or without a core. */
  readonly away: number;
  stop(): void;
}

const PERIOD = 1;
/** Timers are not exact; a gap that is no longer was none. Milliseconds. */
const MOST_GAP = 2;

/**
 * Starts a pacer. One re-armed timer for all arrivals: a timer each would fire early and late. It is armed anew after
 * the work, so that a slow machine is given fewer ticks instead of a backlog of them. Work that says it is not through
 * goes on as soon as the loop has seen to everything else.
 */
export function pacer(work: () => boolean): Pacer {
  let lag = 0;
  let away = 0;
  let last = performance.now();
  let timer: NodeJS.Timeout;
  let next: NodeJS.Immediate | undefined;
  const gone = (now: number) => (now - last > MOST_GAP ? now - last - PERIOD : 0);
  const tick = () => {
    const now = performance.now();
    lag = Math.max(lag, now - last - PERIOD);
    away += gone(now);
    last = now;
    if (work()) timer = setTimeout(tick, PERIOD);
    else next = setImmediate(tick);
  };
  timer = setTimeout(tick, PERIOD);
  return {
    takeLag() {
      const worst = Math.max(lag, performance.now() - last - PERIOD);
      lag = 0;
      return Math.max(0, worst);
    },
    get away() {
      return away + gone(performance.now());
    },
    stop() {
      clearTimeout(timer);
      clearImmediate(next);
    },
  };
}
