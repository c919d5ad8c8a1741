import { type Curve, peakRate, rateAt } from '../core/curve.ts';
import { spoken } from '../core/duration.ts';
import type { Plan } from '../core/plan.ts';

const HEIGHT = 8;
const EIGHTHS = ' ▁▂▃▄▅▆▇█';

/** The load of a plan drawn with characters: arrivals per second over time, bystanders left out, phases named below. */
export function loadCurve(plan: Plan, width: number): string[] {
  const curves = plan.scenarios
    .filter(({ role, model }) => model === 'open' && role !== 'bystander')
    .map(({ curve }) => curve);
  const end = Math.max(...plan.phases.map(({ to }) => to));
  const peak = peakRate(curves);
  const label = `${Math.round(peak)}/s`;
  const columns = Math.max(20, width - label.length - 3);
  const rates = Array.from({ length: columns }, (_, i) =>
    rateWithin(curves, (i * end) / columns, ((i + 1) * end) / columns),
  );
  const rows = Array.from({ length: HEIGHT }, (_, row) => {
    const floor = HEIGHT - 1 - row;
    const bars = rates.map((rate) => EIGHTHS[Math.round(Math.min(1, Math.max(0, (rate / peak) * HEIGHT - floor)) * 8)]);
    return `${(row === 0 ? label : '').padStart(label.length)} ${row === 0 ? '┤' : '│'}${bars.join('').trimEnd()}`;
  });
  const margin = ' '.repeat(label.length + 1);
  return [...rows, `${margin}└${'─'.repeat(columns)}`, `${margin} ${phaseNames(plan, columns, end)}`];
}

/** The highest rate in a stretch, so that a short peak is not lost between two columns. */
function rateWithin(curves: readonly Curve[], from: number, to: number): number {
  const moments = Array.from({ length: 5 }, (_, i) => from + ((to - from) * i) / 5);
  return Math.max(...moments.map((at) => curves.reduce((sum, curve) => sum + rateAt(curve, at), 0)));
}

/** Each phase below its own stretch, with its length where there is room. */
function phaseNames({ phases }: Plan, columns: number, end: number): string {
  return phases
    .map(({ name, from, to }) => {
      const room = Math.round((to / end) * columns) - Math.round((from / end) * columns);
      const texts = [`${name} ${spoken(to - from)}`, name, name.slice(0, Math.max(0, room - 1))];
      return (texts.find((text) => text.length < room) ?? '').padEnd(room);
    })
    .join('')
    .trimEnd();
}
