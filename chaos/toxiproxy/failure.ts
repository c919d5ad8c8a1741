/** A Toxiproxy that does not do what it is asked, with what it answers, or that does not answer. */
export class ToxiproxyFailure extends Error {
  override readonly name = 'ToxiproxyFailure';
  /** Undefined when there was no answer: then it is not known whether it was done. */
  readonly status: number | undefined;
  /** Why, in the words of the Toxiproxy where it says so. */
  readonly reason: string | undefined;

  constructor(message: string, status: number | undefined, reason?: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}
