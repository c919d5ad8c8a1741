import type { Profile } from '../core/profile.ts';
import { people } from './habits.ts';

/** March 2020: every provider of edges caps its paths, and nobody comes in who cannot fetch the web client. */
export const cdnBrownout: Profile = {
  name: 'cdn-brownout',
  title: 'The web client does not come through capped edges',
  incident: {
    date: '2020-03',
    trigger: 'everybody opens the web client at the hours at which everybody does, and all providers limit the bandwidth',
    damage: 'CDN bandwidth limits hit across all providers',
    source: 'Phase 4, What Broke (Spectacularly)',
    figures: [
      { what: 'growth of the load', documented: '10x in 48 hours', measured: 'load-factor' },
      { what: 'people who came in', documented: 'bandwidth limits hit across all providers', measured: 'served-share' },
      { what: 'damage after the limits were lifted', documented: 'not told', measured: 'damage-lasted' },
    ],
  },
  phases: { baseline: '60s', storm: '84s', recovery: '120s' },
  classes: { join: { deadline: '5s', weight: 1 }, assets: { deadline: '5s' } },
  habits: people,
  scenarios: [
    { name: 'visits', journey: 'enter', cohort: 'visitors', role: 'base', executor: 'constant-arrival-rate', rate: 20, signedIn: 20 },
    { name: 'rush', journey: 'enter', cohort: 'visitors', role: 'storm', executor: 'constant-arrival-rate', rate: 30, signedIn: 20 },
  ],
  // A file at a time: ten of them take eight seconds so, for one person as for a hundred.
  faults: [
    { service: 'cdn', after: '0s', lasting: '78s', does: { kind: 'bandwidth', kilobytesPerSecond: 20 } },
    { service: 'cdn', part: 'edge-1', after: '18s', lasting: '48s', does: { kind: 'refusal' } },
  ],
  promises: [{ class: 'join', cohort: 'visitors', atLeast: 0.9 }],
  mechanism: {
    says: 'the edges sent as much as their paths let through, and no more',
    signs: [{ during: 'storm', indicator: 'edge.bytes', over: 'edge.connections', atLeast: 5_000, atMost: 50_000 }],
  },
  answers: { weak: '2020', gate: 'promises', savedBy: ['assetsOverflow'] },
};
