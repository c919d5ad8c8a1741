import type { Journey } from './journey.ts';
import { hosting } from './prepare.ts';

/** Somebody signs in and goes to a meeting that is there already: to school, or to work. */
export const arrive: Journey = {
  prepare: hosting,

  async walk(vu) {
    await vu.step('login', () => vu.client.login());
    const meeting = vu.room();
    if (!meeting) return;
    const seat = await vu.step('join', () => vu.client.join(meeting));
    await seat.leave();
  },
};
