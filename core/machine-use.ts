/** Shares of a machine, 0..1: what was busy, and what a hypervisor gave to others. */
export interface MachineUse {
  readonly busy: number;
  readonly stolen: number;
  /** What programs had that the run did not start; missing where nobody tells. */
  readonly others?: number;
}

/** The share of a machine that programs of others had, or other machines on the same hardware. */
export function takenOf({ stolen, others = 0 }: MachineUse): number {
  return stolen + others;
}
