import type { Profile } from '../core/profile.ts';
import { people } from './habits.ts';

/** December 2018: ten times as many meetings with pictures as usual, and a region's network takes no more of them. */
export const bandwidthWall: Profile = {
  name: 'bandwidth-wall',
  title: 'Holiday meetings run into the wall of a region’s bandwidth',
  incident: {
    date: '2018-12',
    trigger: 'the holiday season brought ten times the volume of meetings',
    damage: 'six hours of degraded video quality globally; bandwidth congestion during regional peak hours',
    source: 'Phase 3, The Bandwidth Wall',
    figures: [
      { what: 'people beside those of every day', documented: '10x meeting volume', measured: 'load-factor' },
      { what: 'how long pictures were degraded', documented: '6 hours', measured: 'degraded-video' },
    ],
  },
  phases: { baseline: '60s', storm: '300s', recovery: '120s' },
  classes: { media: { deadline: '1s', weight: 1 }, join: { deadline: '5s' } },
  habits: { ...people, wrongPassword: 0 },
  scenarios: [
    { name: 'calls', journey: 'attend', cohort: 'us', role: 'base', executor: 'meetings', count: 8, cameras: 0, regions: ['us'], rungs: [{ size: 2, over: '6s' }] },
    { name: 'families', journey: 'attend', cohort: 'us', role: 'base', executor: 'meetings', count: 2, regions: ['us'], rungs: [{ size: 2, over: '6s' }] },
    { name: 'holidays', journey: 'attend', cohort: 'us', role: 'storm', executor: 'meetings', count: 18, regions: ['us'], rungs: [{ size: 2, over: '18s' }] }, // Ten times the families.
    { name: 'elsewhere', journey: 'attend', cohort: 'eu', role: 'bystander', executor: 'meetings', count: 4, regions: ['eu'], rungs: [{ size: 2, over: '6s' }] },
  ],
  faults: [
    { service: 'media', part: 'us', after: '0s', lasting: '288s', does: { kind: 'impairment', stream: 'downstream', kilobitsPerSecond: 14_000 } },
    { with: 'capped-edge', service: 'edge', after: '0s', lasting: '288s', does: { kind: 'bandwidth', kilobytesPerSecond: 200 } },
  ],
  promises: [{ measure: 'audio_floor', cohort: 'us', atLeast: 0.95 }],
  mechanism: {
    says: 'more is sent into the region than its network takes, sound as well as pictures',
    signs: [
      { during: 'storm', indicator: 'media.undelivered', over: 'media.packets.out', atLeast: 0.1 },
      { during: 'storm', indicator: 'media.video.out', atLeast: 1_500_000 },
    ],
  },
  answers: { weak: '2018', gate: 'promises' },
};
