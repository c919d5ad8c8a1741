import type { Journey } from './journey.ts';
import { signedIn } from './prepare.ts';

/** Somebody who is signed in opens a meeting, and is content to know that it is there. */
export const create: Journey = {
  prepare: signedIn,

  async walk(vu) {
    const wish = vu.wish();
    const { id } = await vu.step('create', () => vu.client.createMeeting(wish));
    vu.acknowledged({ kind: 'meeting', id, name: wish.name, key: wish.key });
  },
};
