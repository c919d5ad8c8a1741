import { Failure } from '../../core/failure.ts';
import { retryAfterOf } from '../../core/retry-after.ts';
import type { Answer } from '../../core/transport.ts';
import type { DisconnectReason } from './wire/signal.ts';

/** Throws the Failure that an answer is, unless it is a success. */
export function judged(answer: Answer, label: string): Answer {
  const { status } = answer;
  if (status >= 200 && status < 300) return answer;
  if (status === 429 || status === 503)
    throw new Failure('shed', `${label}: shed with ${status}`, retryAfterOf(answer));
  if (status === 401 || status === 403) throw new Failure('denied', `${label}: denied with ${status}`);
  throw new Failure('status', `${label}: ${status}, expected 2xx`);
}

/** What it is that the server ends a participation for: where it has no place it says so, and else it broke off. */
export function dismissal(reason: DisconnectReason): Failure {
  const shed = reason === 'server shutdown' || reason === 'migration';
  const denied = reason === 'participant removed' || reason === 'room deleted';
  return new Failure(shed ? 'shed' : denied ? 'denied' : 'reset', `the server ends it: ${reason}`);
}
