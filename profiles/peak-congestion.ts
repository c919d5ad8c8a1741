import type { Profile } from '../core/profile.ts';
import { people } from './habits.ts';

/** 2015 to 2017: the networks of the evening are full, and the pictures that are sent all the same take the sound along. */
export const peakCongestion: Profile = {
  name: 'peak-congestion',
  title: 'Full networks at the peak of the day',
  incident: {
    date: '2015/2017',
    trigger: 'an ordinary peak of usage, over networks that others use as well',
    damage: 'network congestion during peak usage',
    source: 'Phase 2, What Broke',
    figures: [
      { what: 'good seconds of people in meetings', documented: 'network congestion', measured: 'served-share' },
      { what: 'damage after the congestion', documented: 'not told', measured: 'damage-lasted' },
    ],
  },
  phases: { baseline: '60s', storm: '600s', recovery: '120s' },
  classes: { media: { deadline: '1s', weight: 1 }, join: { deadline: '5s' } },
  habits: { ...people, wrongPassword: 0 },
  scenarios: [{ name: 'meetings', journey: 'attend', cohort: 'in-meetings', role: 'base', executor: 'meetings', count: 12, rungs: [{ size: 2, over: '9s' }] }],
  faults: [
    // What people send is lost and comes unevenly, what they receive has too little room: each is shown where the other is not.
    { service: 'media', after: '0s', lasting: '588s', does: { kind: 'impairment', stream: 'upstream', loss: 0.01, latency: 20, jitter: 15 } },
    { service: 'media', after: '30s', lasting: '558s', does: { kind: 'impairment', stream: 'downstream', kilobitsPerSecond: 2_700 } },
  ],
  promises: [{ measure: 'audio_floor', cohort: 'in-meetings', atLeast: 0.95 }],
  mechanism: {
    says: 'pictures go on to be sent whole into networks that do not take them',
    signs: [
      { during: 'storm', indicator: 'media.video.out', atLeast: 1_000_000 },
      { during: 'storm', indicator: 'media.undelivered', over: 'media.packets.out', atLeast: 0.1 },
    ],
  },
  answers: { weak: '2016', gate: 'promises' },
};
