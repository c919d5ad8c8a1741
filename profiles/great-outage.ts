import type { Profile } from '../core/profile.ts';
import { people } from './habits.ts';
import { zones } from './zones.ts';

/** 23 March 2020: the schools of one time zone after the other open, and find what the ones before have left, which need be nothing. */
export const greatOutage: Profile = {
  name: 'great-outage',
  title: 'Schools reopen in four time zones, one wave after another',
  incident: {
    date: '2020-03-23',
    trigger: 'simultaneous school reopening across the US time zones',
    damage: '12 hours of partial outage, 50M users affected; the authentication system was rebuilt',
    source: 'Phase 4, Critical Incident: The Great Zoom Outage',
    figures: [
      { what: 'pupils and teachers who got in, wave by wave', documented: '50M users affected', measured: 'served-by-cohort' },
      { what: 'damage after the last wave', documented: '12 hours partial outage', measured: 'damage-lasted' },
    ],
  },
  phases: { baseline: '60s', storm: '216s', recovery: '120s' },
  classes: { login: { deadline: '5s', weight: 0.5 }, join: { deadline: '5s', weight: 0.5 }, assets: { deadline: '5s' } },
  habits: people,
  scenarios: [
    { name: 'logins', journey: 'login', cohort: 'everybody', role: 'base', executor: 'constant-arrival-rate', rate: 20 },
    { name: 'meetings', journey: 'enter', cohort: 'everybody', role: 'base', executor: 'constant-arrival-rate', rate: 20, signedIn: 20 },
    ...zones(100, { every: 54, lasting: 18 }),
  ],
  faults: [
    { service: 'database', after: '54s', lasting: '36s', does: { kind: 'hold', connections: 'all' } },
    { service: 'cdn', after: '54s', lasting: '54s', does: { kind: 'bandwidth', kilobytesPerSecond: 20 } },
  ],
  promises: [{ class: 'login', cohort: 'pacific', of: 'eastern', atLeast: 0.9 }],
  mechanism: {
    says: 'the database refused connections, and the queue before the password check went on to hold people who have left',
    signs: [
      { during: 'storm', indicator: 'database.exhausted', atLeast: 1 },
      { during: 'recovery', indicator: 'login.queue.departed', over: 'login.queue', atLeast: 0.3 },
    ],
  },
  answers: { weak: '2020', gate: 'not-recovered', endings: ['METASTABLE', 'STUCK', 'DRAINING'] },
};
