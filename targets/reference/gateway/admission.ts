import { DatabaseBusy } from './connections.ts';

/** A door that so much work gets in by at once. */
export interface Admission {
  /** Whether what comes now is refused. */
  readonly isFull: boolean;
  /** Does some work, or throws DatabaseBusy at once when too much of it is under way. */
  admit<T>(work: () => Promise<T>): Promise<T>;
}

/** Admits so much work at once; what more comes hears the refusal. */
export function admission(most: number, refusal: string): Admission {
  let underWay = 0;
  return {
    get isFull() {
      return underWay >= most;
    },
    async admit(work) {
      if (underWay >= most) throw new DatabaseBusy(refusal);
      underWay += 1;
      try {
        return await work();
      } finally {
        underWay -= 1;
      }
    },
  };
}
