import { httpDate } from './http-date.ts';
import type { Answer } from './transport.ts';

/**
 * How long an answer asks to wait, in milliseconds, or undefined when it does not say so (Retry-After, RFC 9110,
 * 10.2.3). A date counts from the answer's own Date, so that clocks need not agree.
 */
export function retryAfterOf(answer: Pick<Answer, 'header'>): number | undefined {
  const text = answer.header('retry-after')[0]?.trim();
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  const now = Date.now();
  const then = httpDate(text, now);
  if (then === undefined) return undefined;
  const sent = answer.header('date')[0];
  return Math.max(0, then - ((sent === undefined ? undefined : httpDate(sent, now)) ?? now));
}
