import type { Habits } from '../core/profile.ts';

/** How people take a service that does not answer: most press the button again, six times in all. */
export const people: Habits = {
  patience: '2s',
  wrongPassword: 0.01,
  retries: [
    { share: 0.2, kind: 'immediate', attempts: 6 }, //           scripts and old clients
    { share: 0.5, kind: 'fixed', attempts: 6, delay: '1s' }, //  people at a login form
    { share: 0.3, kind: 'exponential', attempts: 6, base: '500ms', cap: '4s', honoursRetryAfter: true }, // current apps
  ],
};
