import { Failure } from '../../../core/failure.ts';
import type { NewsStep } from '../declaration.ts';
import { receivedText } from '../received.ts';
import { keepOf } from './capture.ts';
import { textTest } from './pattern.ts';
import { MEDIA, type Values } from './scope.ts';
import { at, type Site, tell } from './site.ts';

/**
 * Tells what a message means for the seat of whoever gets it, undefined for nothing. Where it has moved to is in the values
 * then; a message that should say that and does not means that the seat is lost.
 */
export type ReadNews = (text: string, values: Values) => 'lost' | 'moved' | undefined;

/** Reads what the target says, unasked, to people in a meeting. */
export function newsOf(steps: readonly NewsStep[], site: Site): ReadNews {
  const known = steps.map((step, index) => {
    const here = at(site, index);
    const captured = Object.keys(step.capture ?? {});
    const missing = step.means === 'moved' ? MEDIA.filter((name) => !captured.includes(name)) : [];
    if (missing.length > 0)
      tell(here, `moves the seat, but lacks ${missing.join(', ')}`, `capture ${MEDIA.join(', ')}`);
    const label = `news step ${index + 1}`;
    const keep = keepOf(step.capture ?? {}, { label, from: 'message', returns: MEDIA }, at(here, 'capture'));
    return { is: textTest(step.receive, at(here, 'receive')), means: step.means, keep };
  });
  return (text, values) => {
    const received = receivedText(text);
    const found = known.find(({ is }) => is(received, values));
    try {
      found?.keep(received, values);
      return found?.means;
    } catch (thrown) {
      if (thrown instanceof Failure) return 'lost';
      throw thrown;
    }
  };
}
