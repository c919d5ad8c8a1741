import type { Profile } from '../core/profile.ts';
import { people } from './habits.ts';

/** March 2016: one customer fills the media servers, one of them dies, and its people take the next one down with them. */
export const enterpriseCascade: Profile = {
  name: 'enterprise-cascade',
  title: 'Media servers fail one after another under one customer',
  incident: {
    date: '2016-03',
    trigger: 'one customer brings 5,000 participants at once',
    damage: 'two hours of degraded service, 30 % of the meetings dropped, also those of other customers',
    source: 'Phase 2, What Broke',
    figures: [{ what: 'damage after the storm', documented: '2 hours', measured: 'damage-lasted' }],
  },
  phases: { baseline: '60s', storm: '240s', recovery: '120s' },
  // People who are in a meeting are judged by what they hear and see; how they came in is judged where nothing else is.
  classes: { media: { deadline: '1s', weight: 1 }, join: { deadline: '5s' } },
  habits: { ...people, wrongPassword: 0 },
  scenarios: [
    {
      ...{ name: 'enterprise', journey: 'attend', cohort: 'enterprise', role: 'base', executor: 'meetings', count: 6 },
      // biome-ignore format: a climb is read from left to right
      rungs: [{ size: 4, over: '6s' }, { after: '0s', size: 8, over: '30s' }, { after: '210s', size: 4, over: '6s' }],
    },
    {
      ...{ name: 'others', journey: 'attend', cohort: 'others', role: 'bystander', executor: 'meetings', count: 4 },
      rungs: [{ size: 3, over: '14s' }], // So slowly that each media server gets half of the enterprise's meetings.
    },
  ],
  faults: [{ service: 'media', part: 'media-1', after: '60s', lasting: '60s', does: { kind: 'kill' } }],
  promises: [],
  mechanism: {
    says: 'the people of a media server that died pile up on the next one, whose memory ends with what waits to be sent',
    signs: [
      { during: 'storm', indicator: 'media.queue', atLeast: 20_000 },
      { during: 'storm', indicator: 'media.lost', atLeast: 1 },
    ],
  },
  answers: { weak: '2016', gate: 'unplanned-death' },
};
