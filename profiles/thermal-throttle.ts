import type { Profile } from '../core/profile.ts';
import { people } from './habits.ts';

/** 2017 to 2019: a media server under sustained load gets too hot, its processor is slowed down step by step, and voices break up. */
export const thermalThrottle: Profile = {
  name: 'thermal-throttle',
  title: 'A media server gets too hot and slows down',
  incident: {
    date: '2017/2019',
    trigger: 'sustained load on the media servers',
    damage: 'media servers throttled thermally, and the meetings on them broke up',
    source: 'Phase 3, What Broke',
    figures: [],
  },
  phases: { baseline: '60s', storm: '300s', recovery: '120s' },
  // People who are in a meeting are judged by what they hear and see; how they came in is judged where nothing else is.
  classes: { media: { deadline: '1s', weight: 1 }, join: { deadline: '5s' } },
  habits: { ...people, wrongPassword: 0 },
  scenarios: [
    {
      ...{ name: 'plateau', journey: 'attend', cohort: 'plateau', role: 'base', executor: 'meetings', count: 12 },
      rungs: [{ size: 6, over: '12s' }],
    },
  ],
  faults: [
    {
      ...{ service: 'media', part: 'media-1', after: '12s', lasting: '180s' },
      // Of its use: what carries a meeting on one machine is idle on another.
      does: { kind: 'throttle', steps: [0.3, 0.2, 0.1], of: 'its use' },
    },
  ],
  promises: [{ class: 'media', cohort: 'plateau', atLeast: 0.95 }],
  mechanism: {
    says: 'a media server that gets less of its processor goes on forwarding everything, and is late with all of it',
    signs: [{ during: 'storm', indicator: 'media.queue', atLeast: 1_000 }],
  },
  answers: { weak: '2018', gate: 'promises', savedBy: ['movesMeetings'] },
};
