import type { Profile } from '../core/profile.ts';
import { people } from './habits.ts';
import { upTo } from './stages.ts';

/** March 2020: everybody signs in at once, gives up waiting, and tries again. */
export const loginStorm: Profile = {
  name: 'login-storm',
  title: 'Authentication servers collapse under a login storm',
  incident: {
    date: '2020-03',
    trigger: 'ten times the traffic within 48 hours, everybody signing in at the same hours',
    damage: 'authentication servers collapsed; the authentication system was rebuilt',
    source: 'Phase 4, What Broke (Spectacularly)',
    figures: [
      { what: 'growth of the load', documented: '10x in 48 hours', measured: 'load-factor' },
      { what: 'sign-ins served in the storm', documented: 'authentication servers collapsed', measured: 'served-share' },
      { what: 'damage after the storm', documented: '12 hours partial outage (23 March)', measured: 'damage-lasted' },
    ],
  },
  phases: { baseline: '60s', storm: '72s', recovery: '120s' },
  classes: { login: { deadline: '5s', weight: 1 }, create: { deadline: '3s' }, join: { deadline: '3s' }, chat: { deadline: '3s' } },
  habits: people,
  scenarios: [
    // The base load stays on when the storm is over: whether logins come back with it still there is the question.
    { name: 'daily-logins', journey: 'login', cohort: 'everybody', role: 'base', executor: 'constant-arrival-rate', rate: 25 },
    // With the base load ten times of it, and beyond the capacity of a service sized for three times of it.
    { name: 'storm', journey: 'login', cohort: 'everybody', role: 'storm', executor: 'ramping-arrival-rate', startRate: 0, stages: upTo(225, { within: '12s', held: '60s' }) },
    { name: 'meetings', journey: 'meet', cohort: 'in-meetings', role: 'bystander', executor: 'constant-arrival-rate', rate: 20, signedIn: 20 },
  ],
  // As on 24 August 2020, when every login had to ask a billing system that had become slow.
  faults: [{ with: 'slow-dependency', service: 'database', otherwise: 'auth', after: '0s', lasting: '72s', does: { kind: 'latency', latency: 100, jitter: 20 } }],
  promises: [],
  mechanism: {
    says: 'the queue before the password check is full of people who have left',
    signs: [{ during: 'recovery', indicator: 'login.queue.departed', over: 'login.queue', atLeast: 0.5 }],
  },
  answers: { weak: '2020', gate: 'not-recovered', endings: ['METASTABLE'], savedBy: ['loginQueue,loginsUnderWay'] },
};
