import { clock } from '../../plot/backdrop.ts';
import type { Reading } from '../../plot/readout.ts';
import { stepFor, stepped } from '../../plot/resolution.ts';
import { html, type Markup, nothing } from '../markup.ts';
import { row, table } from '../table.ts';

/** Rows of a table that a person still reads. */
const ROWS = 32;

/** What a plot shows as a table: means over stretches of time. */
export function numbersOf(readings: readonly Reading[], seconds: number): Markup {
  if (readings.length === 0) return nothing;
  const step = stepFor(seconds, ROWS);
  const columns = readings.map(
    ({ values }) => new Map(stepped(values, step).map((point) => [point.second, point.value])),
  );
  const places = Array.from({ length: Math.ceil(seconds / step) }, (_, place) => place * step + step / 2);
  const rows = places
    .filter((second) => columns.some((column) => column.has(second)))
    .map((second) => {
      const cells = readings.map(({ format }, place) => {
        const value = columns[place]?.get(second);
        return value === undefined ? '–' : format(value);
      });
      return row(clock(second - step / 2, seconds), cells);
    });
  return html`
    <details class="numbers">
      <summary>Numbers <small>${step === 1 ? 'per second' : `means over ${step} s`}</small></summary>
      ${table({ style: 'numbers', heads: ['from', ...readings.map(({ name }) => name)], bodies: [rows] })}
    </details>`;
}
