import type { Profile } from '../core/profile.ts';

/** 9 March to 5 April 2020: ten times the traffic in two days, and then thirty times of it, day after day. */
export const covidSurge: Profile = {
  name: 'covid-surge',
  title: 'The world moves online in four weeks',
  incident: {
    date: '2020-03-09/2020-04-05',
    trigger: 'ten times the traffic in 48 hours, then thirty times sustained; 300M daily participants',
    damage: 'authentication collapsed, database connections were exhausted, and whatever was added filled up',
    source: 'Phase 4, Emergency Scaling Response',
    figures: [
      { what: 'growth of the load', documented: '10x in 48 hours, then 30x sustained', measured: 'load-factor' },
      { what: 'people who got in', documented: '300M daily participants', measured: 'served-share' },
      { what: 'damage after the surge', documented: 'weeks', measured: 'damage-lasted' },
    ],
  },
  phases: { baseline: '60s', storm: '60s', recovery: '120s' },
  classes: { login: { deadline: '5s', weight: 0.7 }, join: { deadline: '5s', weight: 0.3 }, create: { deadline: '5s' }, chat: { deadline: '5s' } },
  habits: {
    patience: '2s',
    wrongPassword: 0.01,
    retries: [
      { share: 0.4, kind: 'fixed', attempts: 4, delay: '1s' },
      { share: 0.6, kind: 'exponential', attempts: 4, base: '500ms', cap: '4s', honoursRetryAfter: true },
    ],
  },
  scenarios: [
    { name: 'everyday', journey: 'arrive', cohort: 'everybody', role: 'base', executor: 'constant-arrival-rate', rate: 20 },
    // biome-ignore format: with the base load ten times of it in two days, then thirty times, while the generator has ports for it
    { name: 'surge', journey: 'arrive', cohort: 'everybody', role: 'storm', executor: 'ramping-arrival-rate', startRate: 0, stages: [{ duration: '12s', target: 180 }, { duration: '18s', target: 180 }, { duration: '12s', target: 580 }, { duration: '18s', target: 580 }] },
    { name: 'meetings', journey: 'meet', cohort: 'in-meetings', role: 'bystander', executor: 'constant-arrival-rate', rate: 20, signedIn: 20 },
  ],
  faults: [],
  promises: [],
  mechanism: { says: 'logins waited for a password check long after their people had left', signs: [{ during: 'recovery', indicator: 'login.queue.departed', over: 'login.queue', atLeast: 0.5 }] },
  countermeasures: ['autoscaling', 'quality-adaptation', 'overflow-routing', 'load-shedding'],
  answers: { weak: '2020', gate: 'not-recovered', endings: ['METASTABLE', 'STUCK', 'DRAINING'], savedBy: ['loginQueue,loginsUnderWay'] },
};
