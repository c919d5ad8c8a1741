import { html, type Markup, nothing } from '../html/markup.ts';
import type { Line, Marker, Rule } from './layer.ts';
import { areaPath, bandPath, linePath } from './path.ts';
import { stepped } from './resolution.ts';
import { across, down, type Space } from './space.ts';

/** Draws a line, with the band of its extremes where a step is longer than a second. */
export function drawnLine(line: Line, step: number, space: Space): Markup {
  const points = stepped(line.values, step);
  if (points.length === 0) return nothing;
  const shade =
    line.filled &&
    html`<path class="shade ${line.filled} ${line.ink}" d="${areaPath(points, step, space, line.filled)}"/>`;
  const band = step > 1 && html`<path class="band ${line.ink}" d="${bandPath(points, step, space)}"/>`;
  const stroke = `line ${line.ink} ${line.dash}`;
  return stretched(space, html`${shade}${band}<path class="${stroke}" d="${linePath(points, step, space)}"/>`);
}

/** Draws a limit across the plot; its name stands over it at the right, unless the margin has room for it. */
export function drawnRule({ value, label }: Rule, space: Space, named: boolean): Markup {
  const at = down(space, value);
  const over = at < 16 ? at + 13 : at - 5;
  return html`
    <line class="rule" x1="0" x2="100%" y1="${at}" y2="${at}"/>
    <text class="on rule-name ${!named && 'cramped'}" x="100%" dx="-4" y="${over}">${label}</text>`;
}

/** Pixels from the letters of one row of moments to those of the next. */
const ROW = 20;

/** Draws a moment as a hairline with its letter at the foot. */
export function drawnMarker({ second, label, row }: Marker, space: Space): Markup {
  const at = across(space, second);
  const foot = space.height - 10 - row * ROW;
  return html`
    <line class="moment" x1="${at}" x2="${at}" y1="0" y2="${space.height}"/>
    <circle class="moment-dot" cx="${at}" cy="${foot}" r="8"/>
    <text class="moment-name" x="${at}" y="${foot + 4}">${label}</text>`;
}

/** Stretches what is drawn in seconds over the width of the plot, strokes excepted. */
export function stretched({ seconds, height }: Space, content: Markup): Markup {
  const box = `0 0 ${seconds} ${height}`;
  return html`
    <svg class="data" viewBox="${box}" preserveAspectRatio="none" width="100%" height="${height}">${content}</svg>`;
}
