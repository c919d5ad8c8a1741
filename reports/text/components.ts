import type { Component } from '../../core/score.ts';
import { percent } from '../format.ts';
import { COMPONENTS } from '../vocabulary.ts';
import { type Line, piece } from './line.ts';
import { wrapped } from './wrap.ts';

const BAR = 10;

/** The components as small bars, each with what was measured. */
export function components(judged: readonly Component[], width: number): Line[] {
  return judged.flatMap((component) => {
    const { name, weight, value } = component;
    const measured = value === undefined ? 'no data' : percent(value);
    const lead = [piece(`  ${name.padEnd(8)}`), piece(bar(value)), piece(` ${measured.padStart(7)}  `, 'bold')];
    const says = component.says === '' ? COMPONENTS[name] : component.says;
    const told = `${says} (weight ${weight})`;
    return width >= 64
      ? wrapped(lead, told, width)
      : [lead, ...wrapped([{ text: '    ' }], told, width, { style: 'dim' })];
  });
}

function bar(value: number | undefined): string {
  if (value === undefined) return '·'.repeat(BAR);
  // Something is never drawn as nothing, nor all but everything as everything.
  const full = Math.min(value < 1 ? BAR - 1 : BAR, Math.max(value > 0 ? 1 : 0, Math.round(value * BAR)));
  return '█'.repeat(full) + '░'.repeat(BAR - full);
}
