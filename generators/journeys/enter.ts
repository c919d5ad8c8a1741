import type { Journey } from './journey.ts';
import { hosting } from './prepare.ts';

/** Somebody who is signed in opens the web client, to go to a meeting that is there already. */
export const enter: Journey = {
  prepare: hosting,

  async walk(vu) {
    const meeting = vu.room();
    if (!meeting) return;
    vu.comesFor('join');
    await vu.step('assets', () => vu.client.fetchAssets());
    const seat = await vu.step('join', () => vu.client.join(meeting));
    await seat.leave();
  },
};
