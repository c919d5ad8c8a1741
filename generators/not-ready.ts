/** Thrown when a target cannot be made ready for a run. */
export class NotReady extends Error {
  override readonly name = 'NotReady';
}
