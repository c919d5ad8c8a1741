/** A relay that does not do what it is asked, or that does not answer. */
export class RelayFailure extends Error {
  override readonly name = 'RelayFailure';
  /** Undefined when there was no answer: then it is not known whether it was done. */
  readonly status: number | undefined;
  /** Nobody listens at its address: its process is gone, and with it everything that it impaired. */
  readonly isGone: boolean;

  constructor(message: string, status: number | undefined, isGone = false) {
    super(message);
    this.status = status;
    this.isGone = isGone;
  }
}
