import { writeFileSync } from 'node:fs';
import type { Hold, QuotaOrder } from './order.ts';
import { rest } from './rest.ts';
import { stepAt } from './steps.ts';

const LOOK = 20;

/** Writes one quota of a cgroup after another, and at the end what was there before. */
export const holdQuota: Hold<QuotaOrder> = async ({ file, contents, lasting, before }, signal, tell) => {
  const [first = before, ...others] = contents;
  const began = performance.now();
  let written: string | undefined;
  try {
    while (!signal.aborted) {
      const content = stepAt([first, ...others], lasting, performance.now() - began);
      if (content !== written) {
        writeFileSync(file, content);
        written = content;
        tell(1);
      }
      await rest(LOOK, signal);
    }
  } finally {
    writeFileSync(file, before);
  }
};
