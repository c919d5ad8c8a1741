/** A Toxiproxy that does not do what it is asked, with what it answers, or that does not answer. */
export class ToxiproxyFailure extends Error {
  override readonly name = 'ToxiproxyFailure';
  /** Undefined when there was no answer: then it is not known whether it was done. */
  readonly status: number | undefined;
  /** Why, in the words of the Toxiproxy where it says so. */
  readonly reason: string | undefined;
  /** Nobody listens at its address: its process is gone, and with it every proxy and toxic there was. */
  readonly isGone: boolean;

  constructor(message: string, status: number | undefined, reason?: string, isGone = false) {
    super(message);
    this.status = status;
    this.reason = reason;
    this.isGone = isGone;
  }
}
