import { html, type Markup } from '../html/markup.ts';
import type { Span } from '../timeline.ts';
import { fits } from './fit.ts';
import { roundStep } from './scale.ts';
import { across, down, type Space } from './space.ts';

/** Where names of phases, and the levels of a probe below them, stand above a plot, in pixels. */
const NAMES = -21;
const LEVELS = -6;

/** The phases as shades behind a plot; their names above it where there is room. */
export function backdrop(spans: readonly Span[], space: Space, named: boolean): Markup {
  return html`${spans.map((span) => shade(span, space))}${named && names(spans, space)}`;
}

function shade(span: Span, space: Space): Markup {
  const [from, to] = [span.from / 1_000, Math.min(space.seconds, span.to / 1_000)];
  const [x, width] = [across(space, from), across(space, to - from)];
  const edge = span.step !== 'observe' && from > 0;
  return html`
    <rect class="phase ${span.name} ${span.step}" x="${x}" width="${width}" height="${space.height}"/>
    ${edge && html`<line class="phase-edge" x1="${x}" x2="${x}" y1="0" y2="${space.height}"/>`}`;
}

/** Heights with their labels, and the time below. */
export function axes(space: Space): Markup {
  const level = space.scale.ticks.map(({ value, label }) => {
    const at = down(space, value);
    return html`
      <line class="grid" x1="0" x2="100%" y1="${at}" y2="${at}"/>
      <text class="tick level" x="-8" y="${at + 4}">${label}</text>`;
  });
  return html`${level}${times(space)}`;
}

function times(space: Space): Markup[] {
  const step = timeStep(space.seconds);
  const count = Math.floor(space.seconds / step) + 1;
  return Array.from({ length: count }, (_, place) => {
    const second = place * step;
    const also = place % 2 === 1 && 'roomy';
    const x = across(space, second);
    return html`<text class="tick time ${also}" x="${x}" y="${space.height + 18}">${clock(second, space.seconds)}</text>`;
  });
}

/** Ticks of time a person would choose, ten at most. */
function timeStep(seconds: number): number {
  return (
    [5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1_800, 3_600].find((step) => seconds / step <= 10) ??
    roundStep(seconds / 10)
  );
}

/** A moment of the run as an axis shows it: `40 s`, or `4:30` in a run of more than five minutes. */
export function clock(second: number, seconds: number): string {
  if (seconds <= 300) return `${second} s`;
  return `${Math.floor(second / 60)}:${String(second % 60).padStart(2, '0')}`;
}

function names(spans: readonly Span[], space: Space): Markup[] {
  const named = sections(spans).map(({ name, from, to }) => {
    const room = (to - from) / space.seconds / 1_000;
    const at = across(space, (from + to) / 2_000);
    return html`<text class="phase-name ${fits(name, room)}" x="${at}" y="${NAMES}">${name}</text>`;
  });
  return [...named, ...levels(spans, space)];
}

/** A probe is many spans and one section. */
function sections(spans: readonly Span[]): { name: string; from: number; to: number }[] {
  const merged: { name: string; from: number; to: number }[] = [];
  for (const { name, from, to } of spans) {
    const last = merged.at(-1);
    if (last?.name === name) last.to = to;
    else merged.push({ name, from, to });
  }
  return merged;
}

function levels(spans: readonly Span[], space: Space): Markup[] {
  return spans.flatMap((span) => {
    if (span.level === undefined) return [];
    const label = span.step === 'observe' ? 'restored' : `${Math.round(100 * span.level)} %`;
    const room = (span.to - span.from) / space.seconds / 1_000;
    const at = across(space, (span.from + span.to) / 2_000);
    return [html`<text class="level-name ${fits(label, room)}" x="${at}" y="${LEVELS}">${label}</text>`];
  });
}
