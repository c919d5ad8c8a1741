import type { Profile } from '../core/profile.ts';
import { people } from './habits.ts';

/** 2017 to 2019: people of one meeting are continents apart, and what they say and what they show take different ways. */
export const crossRegionLatency: Profile = {
  name: 'cross-region-latency',
  title: 'Latency between regions takes sound and picture apart',
  incident: {
    date: '2017/2019',
    trigger: 'meetings across regions, over ways of which each takes its time',
    damage: 'cross-region latency affecting audio/video sync',
    source: 'Phase 3, What Broke',
    figures: [
      { what: 'good seconds of people in such meetings', documented: 'audio and video not in sync', measured: 'served-share' },
      { what: 'damage after the latency', documented: 'not told', measured: 'damage-lasted' },
    ],
  },
  phases: { baseline: '60s', storm: '144s', recovery: '120s' },
  classes: { media: { deadline: '1s', weight: 1 }, join: { deadline: '5s' } },
  habits: { ...people, wrongPassword: 0 },
  scenarios: [
    { name: 'two-regions', journey: 'attend', cohort: 'two-regions', role: 'base', executor: 'meetings', count: 8, regions: ['us', 'eu'], rungs: [{ size: 2, over: '6s' }] },
    { name: 'three-regions', journey: 'attend', cohort: 'three-regions', role: 'base', executor: 'meetings', count: 2, regions: ['us', 'eu', 'asia'], rungs: [{ size: 3, over: '6s' }] },
    { name: 'one-region', journey: 'attend', cohort: 'one-region', role: 'bystander', executor: 'meetings', count: 3, regions: ['us'], rungs: [{ size: 2, over: '6s' }] },
  ],
  faults: [
    { service: 'media', part: 'us-eu-1', after: '12s', lasting: '120s', does: { kind: 'impairment', latency: 40, jitter: 10 } },
    { service: 'media', part: 'us-eu-2', after: '12s', lasting: '120s', does: { kind: 'impairment', latency: 260, jitter: 40 } },
  ],
  promises: [
    { measure: 'av_skew', cohort: 'two-regions', atLeast: 0.95 },
    { measure: 'av_skew', cohort: 'three-regions', atLeast: 0.95 },
  ],
  mechanism: {
    says: 'the slower way between regions carries one of the two',
    signs: [{ during: 'storm', indicator: 'media.path.delay', atLeast: 0.12 }],
  },
  answers: { weak: '2018', gate: 'promises', savedBy: ['routes'] },
};
