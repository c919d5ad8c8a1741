import { join } from 'node:path';
import { type afterAll, afterEach } from 'vitest';
import { type Guard, guardOf } from '../../chaos/guard.ts';

/** Makes guards of a run below a folder, closed when the test is over, or after all of them: tests at once. */
export function guards(after: typeof afterEach | typeof afterAll = afterEach): (folder: string) => Guard {
  const made: Guard[] = [];
  after(() => {
    for (const guard of made.splice(0)) guard.close();
  });
  return (folder) => {
    const guard = guardOf(join(folder, 'intents'), 'run');
    made.push(guard);
    return guard;
  };
}
