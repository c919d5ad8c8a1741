import { Failure } from '../../../core/failure.ts';
import { retryAfterOf } from '../../../core/retry-after.ts';
import type { Answer } from '../../../core/transport.ts';
import type { AnswerPattern, FindStep } from '../declaration.ts';
import type { Received } from '../received.ts';
import { answerTest, anyAnswerTest, spokenStatus } from './answer-test.ts';
import type { Values } from './scope.ts';
import { at, type Site } from './site.ts';

/** Judges an answer: true when it is as expected, false when it says there is no such thing; else throws a Failure. */
export type Judge = (answer: Answer, received: Received, values: Values) => boolean;

const SHED: AnswerPattern = { status: [429, 503] };
const DENIED: AnswerPattern = { status: [401, 403] };
const SUCCESS = '2xx';

/** Reads how answers are judged: shed, denied, missing and expected, in this order; anything else fails. */
export function judgeOf(step: FindStep, label: string, site: Site): Judge {
  const isShed = anyAnswerTest(step.shed ?? SHED, at(site, 'shed'));
  const isDenied = anyAnswerTest(step.denied ?? DENIED, at(site, 'denied'));
  const isMissing = step.missing && anyAnswerTest(step.missing, at(site, 'missing'));
  const status = step.expect?.status ?? SUCCESS;
  const isExpected = answerTest(step.expect ? { status, ...step.expect } : { status }, at(site, 'expect'));
  const expected = spokenStatus(status);
  return (answer, received, values) => {
    if (isShed(answer, received, values) === undefined)
      throw new Failure('shed', `${label}: shed with ${answer.status}`, retryAfterOf(answer));
    if (isDenied(answer, received, values) === undefined)
      throw new Failure('denied', `${label}: denied with ${answer.status}`);
    if (isMissing && isMissing(answer, received, values) === undefined) return false;
    const wrong = isExpected(answer, received, values);
    if (wrong === undefined) return true;
    if (wrong === 'status') throw new Failure('status', `${label}: ${answer.status}, expected ${expected}`);
    throw new Failure('protocol', `${label}: ${answer.status}, but its ${wrong} is not what was expected`);
  };
}
