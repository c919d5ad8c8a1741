import type { KnownAnswers } from '../../core/profile.ts';
import type { Score } from '../../core/score.ts';

/** How a run on a reference target compares with what is known of it. */
export interface Answer {
  readonly rating: 'right' | 'wrong' | 'invalid';
  readonly says: string;
}

/** What a reference target is in a proof: built like the one that failed, hardened, or hardened but for one thing. */
export type Role = 'weak' | 'hardened' | 'less';

/** What a reference target is expected to come to, in words. */
export function expectationOf({ gate, endings }: KnownAnswers, role: Role): string {
  if (role === 'hardened') return 'survived';
  if (role === 'less') return 'degraded or died';
  return `died: ${gate}${endings ? ` (${endings.join(' or ')})` : ''}, the mechanism found`;
}

/**
 * Compares a score with the known answer: a weak variant must die by its gate, in the documented way, with the mechanism
 * found in its own metrics; the hardened one must survive, and with one hardening less it must not. A run that proves
 * nothing is neither right nor wrong.
 */
export function ratingOf(score: Score, answers: KnownAnswers, role: Role): Answer {
  if (score.verdict === 'invalid' || score.verdict === 'inconclusive')
    return { rating: 'invalid', says: score.because };
  if (role === 'weak') return deathOf(score, answers);
  const expected = (score.verdict === 'survived') === (role === 'hardened');
  return { rating: expected ? 'right' : 'wrong', says: score.because };
}

function deathOf(score: Score, answers: KnownAnswers): Answer {
  const gate = score.gates.find(({ name }) => name === answers.gate);
  if (score.verdict !== 'died' || gate?.status !== 'fired') return { rating: 'wrong', says: score.because };
  if (answers.endings && (gate.kind === undefined || !answers.endings.includes(gate.kind)))
    return { rating: 'wrong', says: `died ${gate.kind}, not ${answers.endings.join(' or ')}` };
  if (score.mechanism.status !== 'found')
    return { rating: 'wrong', says: `mechanism ${score.mechanism.status}: ${score.mechanism.says}` };
  return { rating: 'right', says: score.because };
}

/** An answer that names the hardenings the target had to do without, where there were some. */
export function withoutSaid({ rating, says }: Answer, without: readonly string[]): Answer {
  if (without.length === 0) return { rating, says };
  const named = without.join(' and ');
  if (rating !== 'wrong') return { rating, says: `without ${named}: ${says}` };
  return { rating, says: `${named} ${without.length === 1 ? 'is' : 'are'} not what saves it: ${says}` };
}
