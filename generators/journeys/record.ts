import type { Journey } from './journey.ts';
import { hosting } from './prepare.ts';

/** Somebody who is signed in goes to a meeting that is there, has it recorded, and leaves. */
export const record: Journey = {
  prepare: hosting,

  async walk(vu) {
    const meeting = vu.room();
    if (!meeting) return;
    const seat = await vu.step('join', () => vu.client.join(meeting));
    try {
      const recording = await vu.step('record', () => seat.record());
      vu.acknowledged({ kind: 'recording', ...recording });
    } finally {
      await seat.leave();
    }
  },
};
