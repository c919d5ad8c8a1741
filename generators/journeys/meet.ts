import type { Journey } from './journey.ts';
import { hosting } from './prepare.ts';

/** One visit in four opens a meeting of its own; the others go to one that is there. */
const OWN_MEETING = 0.25;

/** Somebody who is signed in goes to a meeting, says something where one can, hears it come back, and leaves. */
export const meet: Journey = {
  prepare: hosting,

  async walk(vu) {
    const room = vu.room();
    const meeting = !room || vu.draw('own meeting') < OWN_MEETING ? await opened() : room;
    const seat = await vu.step('join', () => vu.client.join(meeting));
    try {
      const { chat } = seat;
      if (chat) await vu.step('chat', () => chat('Can everybody hear me?'));
    } finally {
      await seat.leave();
    }

    async function opened() {
      const wish = vu.wish();
      const own = await vu.step('create', () => vu.client.createMeeting(wish));
      vu.acknowledged({ kind: 'meeting', id: own.id, name: wish.name, key: wish.key });
      return own;
    }
  },
};
