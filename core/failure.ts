/**
 * Why an attempt did not succeed. A failure is a result of the target, never a bug of ours:
 * - `shed`: a prompt, explicit refusal (429, 503, "room full")
 * - `denied`: the target says this person may not
 * - `granted`: the target let in somebody it had to deny
 * - `timeout`: no answer while the person was willing to wait
 * - `late`: succeeded after the deadline of its class
 * - `refused`, `reset`, `unreachable`: the connection was not accepted, broke, or found no way
 * - `status`: an answer with an unexpected status
 * - `protocol`: an answer that cannot be understood, or does not say what was expected
 * - `poor`: media came, below the quality floor
 */
export type FailureKind =
  | 'shed'
  | 'denied'
  | 'granted'
  | 'timeout'
  | 'late'
  | 'refused'
  | 'reset'
  | 'unreachable'
  | 'status'
  | 'protocol'
  | 'poor';

/** Thrown by adapters and transports when the target fails. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly kind: FailureKind;
  /** How long the target asks to wait before the next attempt, in milliseconds. */
  readonly retryAfter: number | undefined;

  constructor(kind: FailureKind, message: string, retryAfter?: number) {
    super(message);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }
}
