import type { Gate } from '../../core/score.ts';
import { GATE_STATES, GATES } from '../vocabulary.ts';
import { type Line, piece } from './line.ts';
import { wrapped } from './wrap.ts';

const NAME = 19;

/** The gates with their evidence: those that fired first, with all they have; the others in a line each. */
export function gates(judged: readonly Gate[], width: number): Line[] {
  const order: readonly Gate['status'][] = ['fired', 'not covered', 'held'];
  return judged
    .toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status))
    .flatMap((gate) => told(gate, width));
}

function told({ name, status, kind, says, evidence }: Gate, width: number): Line[] {
  const { mark, tone, word } = GATE_STATES[status];
  const wide = width >= 64;
  const title = wide ? GATES[name].padEnd(NAME) : `${GATES[name]}: `;
  const lead = [piece(`  ${mark} `, tone), piece(title, status === 'fired' ? 'bold' : undefined)];
  const head = wrapped(
    lead,
    `${kind === undefined ? word : `${word}, ${kind}`}: ${says}`,
    width,
    wide ? {} : { indent: 4 },
  );
  if (status !== 'fired') return head;
  return [
    ...head,
    ...evidence.flatMap((fact) => wrapped([piece(`    ${fact.from}: `, 'dim')], fact.says, width, { indent: 6 })),
  ];
}
