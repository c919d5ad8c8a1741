import type { Journey } from './journey.ts';

/** Somebody who is signed in opens a meeting, and is content to know that it is there. */
export const create: Journey = {
  async prepare(client) {
    await client.login();
    return undefined;
  },

  async walk(vu) {
    const wish = vu.wish();
    const { id } = await vu.step('create', () => vu.client.createMeeting(wish));
    vu.acknowledged({ kind: 'meeting', id, name: wish.name, key: wish.key });
  },
};
