import type { Profile } from '../core/profile.ts';
import { people } from './habits.ts';

/** March 2020: the databases have no connection left for anybody; what waits for one outlives the shortage. */
export const connectionExhaustion: Profile = {
  name: 'connection-exhaustion',
  title: 'Database connections are exhausted',
  incident: {
    date: '2020-03',
    trigger: 'services scaled out in days, each instance with a pool of its own, beyond what the databases admit',
    damage: 'database connections exhausted globally',
    source: 'Phase 4, What Broke (Spectacularly)',
    figures: [
      { what: 'people served while connections were held', documented: 'exhausted globally', measured: 'served-share' },
      { what: 'damage after connections were free again', documented: '12 hours partial outage (23 March)', measured: 'damage-lasted' },
    ],
  },
  phases: { baseline: '60s', storm: '108s', recovery: '120s' },
  classes: { login: { deadline: '5s', weight: 0.5 }, join: { deadline: '5s', weight: 0.5 }, create: { deadline: '5s' }, chat: { deadline: '5s' } },
  habits: people,
  scenarios: [
    { name: 'logins', journey: 'login', cohort: 'everybody', role: 'base', executor: 'constant-arrival-rate', rate: 25 },
    { name: 'meetings', journey: 'meet', cohort: 'everybody', role: 'base', executor: 'constant-arrival-rate', rate: 25, signedIn: 25 },
  ],
  faults: [{ service: 'database', after: '6s', lasting: '84s', does: { kind: 'hold', connections: 'all' } }],
  promises: [],
  mechanism: {
    says: 'the database refused connections and everybody waited for one',
    signs: [
      { during: 'storm', indicator: 'database.exhausted', atLeast: 1 },
      { during: 'storm', indicator: 'database.pool.waiting', atLeast: 50 },
    ],
  },
  answers: { weak: '2020', gate: 'not-recovered', endings: ['METASTABLE', 'STUCK', 'DRAINING'], savedBy: ['databaseReserve'] },
};
