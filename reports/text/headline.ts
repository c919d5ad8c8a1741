import { moment, points } from '../format.ts';
import type { Judged } from '../judged.ts';
import { sizeOf } from '../size.ts';
import { VERDICTS } from '../vocabulary.ts';
import { type Line, piece } from './line.ts';
import { wrapped } from './wrap.ts';

/** Which run this is. */
export function subject({ recording: { plan, target, startedAt } }: Judged, width: number): Line[] {
  const run = [`${plan.pace} pace`, ...sizeOf(plan), `seed ${plan.seed}`];
  const facts = [`${plan.profile.name} on ${target.name}`, ...run, moment(startedAt)];
  return wrapped([], facts.join(' · '), width, { style: 'dim' });
}

/** The verdict, the score, and one sentence why. */
export function headline({ score }: Judged, width: number): Line[] {
  const { mark, word, tone, means } = VERDICTS[score.verdict];
  const lead = [piece(`${mark} ${word.toUpperCase()}`, tone), { text: '   ' }];
  const scale =
    score.value === undefined ? means : `S = ${points(score.value)} of 100 (${score.threshold} is needed to survive)`;
  return [
    ...wrapped(lead, scale, width),
    [],
    ...wrapped([], score.because, width, { style: 'bold' }),
    ...(score.partial === undefined ? [] : wrapped([piece('Not whole: ', 'warn')], score.partial, width)),
  ];
}
