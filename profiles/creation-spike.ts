import type { Profile } from '../core/profile.ts';
import { people } from './habits.ts';
import { offices } from './offices.ts';

/** 2013 to 2015: at the full hour everybody opens a meeting, and the database ends those who wait for each other. */
export const creationSpike: Profile = {
  name: 'creation-spike',
  title: 'Meetings created at the full hour end in database deadlocks',
  incident: {
    date: '2013/2015',
    trigger: 'spikes of meeting creation at the full hour, hosts sharing calendars and quotas',
    damage: 'database deadlocks during meeting creation spikes',
    source: 'Phase 1, What Broke',
    figures: [
      { what: 'growth of the load', documented: 'meeting creation spikes', measured: 'load-factor' },
      { what: 'meetings created in the spike', documented: 'database deadlocks', measured: 'served-share' },
    ],
  },
  phases: { baseline: '60s', storm: '72s', recovery: '120s' },
  classes: { create: { deadline: '3s', weight: 1 } },
  habits: people,
  scenarios: [
    { name: 'all-day', journey: 'create', cohort: 'hosts', role: 'base', executor: 'constant-arrival-rate', rate: 20, signedIn: 25 },
    // A step, not a ramp, and everybody in the same moment: calendars are full of the same hour, and clocks agree.
    ...offices(9, 20),
  ],
  faults: [{ with: 'slow-database', service: 'database', after: '0s', lasting: '72s', does: { kind: 'latency', latency: 10, jitter: 2 } }],
  promises: [{ class: 'create', cohort: 'hosts', atLeast: 0.9 }],
  mechanism: {
    says: 'creations waited for each other until the database ended one of them, and everybody else behind them',
    signs: [
      { during: 'storm', indicator: 'database.deadlocks', atLeast: 0.2 },
      { during: 'storm', indicator: 'database.pool.waiting', atLeast: 50 },
    ],
  },
  answers: { weak: '2014', gate: 'promises', savedBy: ['calendarLocks,lockWait'] },
};
