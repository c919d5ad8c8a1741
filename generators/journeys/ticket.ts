import type { Journey } from './journey.ts';
import { signedIn } from './prepare.ts';

/** Somebody who is signed in asks the support for help, and is content to know that it was heard. */
export const ticket: Journey = {
  prepare: signedIn,

  async walk(vu) {
    const subject = `Nobody can hear me in "${vu.wish().name}"`;
    const { id } = await vu.step('ticket', () => vu.client.openTicket(subject));
    vu.acknowledged({ kind: 'ticket', id });
  },
};
