import { Failure } from '../../core/failure.ts';
import { retryAfterOf } from '../../core/retry-after.ts';
import type { Answer } from '../../core/transport.ts';

/** Longer descriptions are none: a browser's is a few kilobytes. */
const LONGEST = 256 * 1024;

/** The Failure that an answer is which does not say yes; what the server writes beside the number is not repeated. */
export function refusalOf(what: string, answer: Answer): Failure {
  const { status } = answer;
  if (status === 429 || status === 503)
    return new Failure('shed', `${what}: shed with ${status}`, retryAfterOf(answer));
  if (status === 401 || status === 403) return new Failure('denied', `${what}: denied with ${status}`);
  return new Failure('status', `${what}: ${status}, expected 201`);
}

/** The description in an answer; throws a Failure when there is none. */
export function descriptionIn(what: string, answer: Answer): string {
  const [type = ''] = answer.header('content-type');
  const { body } = answer;
  if (!/^application\/sdp\s*(?:;|$)/i.test(type.trim()))
    throw new Failure('protocol', `${what}: an answer that is not application/sdp`);
  if (body.length > LONGEST) throw new Failure('protocol', `${what}: a description of ${body.length} characters`);
  if (!/^v=0\r?\n/.test(body)) throw new Failure('protocol', `${what}: a description that does not begin as one`);
  return body;
}
