import type { Profile } from '../core/profile.ts';
import { people } from './habits.ts';
import { upTo } from './stages.ts';

/** 2015 to 2017: more and more reports, each slow, and everybody who wants to join waits for a connection behind them. */
export const slowQueries: Profile = {
  name: 'slow-queries',
  title: 'Complex queries take the database away from everybody',
  incident: {
    date: '2015/2017',
    trigger: 'a growing share of reports and searches over a growing history, each of them a complex query',
    damage: 'database performance degradation with complex queries',
    source: 'Phase 2, What Broke',
    figures: [
      { what: 'growth of the load', documented: '100K to 1M daily participants', measured: 'load-factor' },
      { what: 'people who could join', documented: 'database performance degradation', measured: 'served-share' },
      { what: 'damage after the reports', documented: 'not told', measured: 'damage-lasted' },
    ],
  },
  phases: { baseline: '60s', storm: '90s', recovery: '120s' },
  classes: { join: { deadline: '3s', weight: 1 }, search: { deadline: '10s' }, create: { deadline: '3s' }, chat: { deadline: '3s' } },
  habits: people,
  scenarios: [
    { name: 'meetings', journey: 'meet', cohort: 'in-meetings', role: 'base', executor: 'constant-arrival-rate', rate: 25, signedIn: 25 },
    { name: 'few-reports', journey: 'report', cohort: 'curious', role: 'base', executor: 'constant-arrival-rate', rate: 0.5, signedIn: 4 },
    { name: 'many-reports', journey: 'report', cohort: 'curious', role: 'storm', signedIn: 20, executor: 'ramping-arrival-rate', startRate: 0, stages: upTo(60, { within: '30s', held: '60s' }) },
  ],
  faults: [{ with: 'slow-database', service: 'database', after: '0s', lasting: '90s', does: { kind: 'latency', latency: 20, jitter: 5 } }],
  promises: [{ class: 'join', cohort: 'in-meetings', atLeast: 0.9 }],
  mechanism: {
    says: 'joins waited for a database connection behind the reports',
    signs: [
      { during: 'storm', indicator: 'join.wait', atLeast: 2 },
      { during: 'storm', indicator: 'database.pool.waiting', atLeast: 5 },
    ],
  },
  answers: { weak: '2016', gate: 'promises', savedBy: ['reportPool,reportsUnderWay'] },
};
