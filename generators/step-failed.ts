/** Ends the journey of somebody who gave up; counted already. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
}
