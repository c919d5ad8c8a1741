import { DatabaseBusy } from './connections.ts';

/** Does some work, or throws DatabaseBusy at once when too much of it is under way. */
export type Admission = <T>(work: () => Promise<T>) => Promise<T>;

/** A door that so much work gets in by at once; what more comes hears the refusal. */
export function admission(most: number, refusal: string): Admission {
  let underWay = 0;
  return async (work) => {
    if (underWay >= most) throw new DatabaseBusy(refusal);
    underWay += 1;
    try {
      return await work();
    } finally {
      underWay -= 1;
    }
  };
}
