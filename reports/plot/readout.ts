import { html, type Markup, nothing } from '../html/markup.ts';
import { clock } from './backdrop.ts';
import { stepFor, stepped, type Values } from './resolution.ts';
import { across, type Space } from './space.ts';

/** A value a reader may ask for by pointing at a moment. */
export interface Reading {
  readonly name: string;
  readonly values: Values;
  readonly format: (value: number) => string;
}

/** More columns than this are too narrow to point at. */
const COLUMNS = 180;

/** Columns over a plot that show their values when pointed at; no script is needed. */
export function readout(readings: readonly Reading[], space: Space): Markup {
  if (readings.length === 0) return nothing;
  const step = stepFor(space.seconds, COLUMNS);
  const columns = readings.map(
    ({ values }) => new Map(stepped(values, step).map((point) => [point.second, point.value])),
  );
  const places = [...new Set(columns.flatMap((column) => [...column.keys()]))].sort((a, b) => a - b);
  const width = across(space, step);
  const columnAt = (second: number) => {
    const from = second - step / 2;
    const values = readings.map(({ name, format }, place) => {
      const value = columns[place]?.get(second);
      return `${name} ${value === undefined ? '–' : format(value)}`;
    });
    const until = step === 1 ? '' : ` to ${clock(from + step, space.seconds)}`;
    const told = [`${clock(from, space.seconds)}${until}`, ...values].join('  ·  ');
    return html`
      <g class="ask">
        <title/>
        <rect x="${across(space, from)}" width="${width}" height="${space.height}"/>
        <text x="100%" y="-38">${told}</text>
      </g>`;
  };
  return html`${places.map(columnAt)}`;
}
