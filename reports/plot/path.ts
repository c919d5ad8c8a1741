import type { Point } from './resolution.ts';
import { down, rounded, type Space } from './space.ts';

/** The `d` of a line through points, interrupted where more than one step is missing. */
export function linePath(points: readonly Point[], step: number, space: Space): string {
  return runsOf(points, step)
    .map((run) => through(run.map(({ second, value }) => [second, down(space, value)])))
    .join('');
}

/** The `d` of the area between the least and the most of each step. */
export function bandPath(points: readonly Point[], step: number, space: Space): string {
  return runsOf(points, step)
    .map((run) => {
      const above = run.map(({ second, high }): Place => [second, down(space, high)]);
      const below = run.map(({ second, low }): Place => [second, down(space, low)]);
      return `${through([...above, ...below.reverse()])}Z`;
    })
    .join('');
}

/** The `d` of the area between a line and the foot of a plot, or between the line and the plot's top. */
export function areaPath(points: readonly Point[], step: number, space: Space, side: 'below' | 'above'): string {
  const edge = side === 'below' ? space.height : 0;
  return runsOf(points, step)
    .map((run) => {
      const [first, last] = [run[0]?.second ?? 0, run.at(-1)?.second ?? 0];
      const line = run.map(({ second, value }): Place => [second, down(space, value)]);
      return `${through([[first, edge], ...line, [last, edge]])}Z`;
    })
    .join('');
}

/**
 * Part of a `d`: an edge that is level for the length of each step, from the left, or back from the right as the
 * continuation of a path. `heights` are pixels from the top.
 */
export function edges(heights: readonly number[], step: number, back = false): string {
  const last = heights.length - 1;
  let path = back ? `V${heights[last] ?? 0}` : `M0 ${heights[0] ?? 0}`;
  for (let place = 1; place <= last; place += 1) {
    const [here, there] = back ? [last - place, last - place + 1] : [place, place - 1];
    if (heights[here] !== heights[there]) path += `H${Math.max(here, there) * step}V${heights[here]}`;
  }
  return `${path}H${back ? 0 : (last + 1) * step}`;
}

type Place = readonly [second: number, down: number];

function through(places: readonly Place[]): string {
  return places
    .filter(([, at], place) => place === 0 || places[place - 1]?.[1] !== at || places[place + 1]?.[1] !== at)
    .map(([second, at], place) => `${place === 0 ? 'M' : place === 1 ? 'L' : ' '}${rounded(second)} ${at}`)
    .join('');
}

function runsOf(points: readonly Point[], step: number): Point[][] {
  const runs: Point[][] = [];
  for (const point of points) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before && point.second - before.second <= 2 * step) run.push(point);
    else runs.push([point]);
  }
  // A single point is drawn as a line of no length, which round caps turn into a dot.
  return runs.map((run) => (run.length === 1 ? [...run, ...run] : run));
}
