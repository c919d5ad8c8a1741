import type { Profile } from '../core/profile.ts';
import { people } from './habits.ts';

/** September 2014: a meeting grows until the media server that carries it ends, and every other meeting with it. */
export const fiveHundredUserCeiling: Profile = {
  name: '500-user-ceiling',
  title: 'A meeting of 500 takes its media server down',
  incident: {
    date: '2014-09',
    trigger: 'one meeting of 500 participants',
    damage: 'the media server ran out of memory and crashed, and took the other meetings on it along',
    source: 'Phase 1, What Broke',
    figures: [
      { what: 'the largest meeting that was carried', documented: '50 participants', measured: 'highest-rung' },
      { what: 'damage after the storm', documented: 'the server crashed', measured: 'damage-lasted' },
    ],
  },
  phases: { baseline: '60s', storm: '240s', recovery: '120s' },
  // Who is in a meeting is judged by what they hear and see.
  classes: { media: { deadline: '1s', weight: 1 }, join: { deadline: '3s' } },
  habits: { ...people, wrongPassword: 0 },
  scenarios: [
    // biome-ignore format: a climb is read from left to right
    {
      name: 'all-hands', journey: 'attend', cohort: 'all-hands', role: 'base', executor: 'meetings', count: 1,
      cameras: 0.02, // A big meeting is mostly listened to.
      rungs: [{ size: 20, over: '6s' }, { after: '0s', size: 50, over: '6s' }, { after: '36s', size: 100, over: '6s' }, { after: '72s', size: 200, over: '12s' }, { after: '108s', size: 500, over: '84s' }, { after: '234s', size: 20, over: '6s' }],
    },
    { name: 'teams', journey: 'attend', cohort: 'teams', role: 'bystander', executor: 'meetings', count: 5, cameras: 0.5, rungs: [{ size: 4, over: '6s' }] },
  ],
  faults: [],
  promises: [],
  mechanism: {
    says: 'packets wait in the media server until its memory ends',
    signs: [{ during: 'storm', indicator: 'media.queue', atLeast: 10_000 }],
  },
  answers: { weak: '2014', gate: 'unplanned-death' },
};
