import type { Profile } from '../core/profile.ts';
import { people } from './habits.ts';

/** 2013 to 2015: meetings are recorded onto a disk that ends, and who was told of a recording has none. */
export const recordingDiskFull: Profile = {
  name: 'recording-disk-full',
  title: 'Recordings fail at the end of the disk',
  incident: {
    date: '2013/2015',
    trigger: 'meetings recorded until the disk of the recordings was full',
    damage: 'recording failures due to disk space limits',
    source: 'Phase 1, What Broke',
    figures: [
      { what: 'people who met, and were told that it is recorded', documented: 'recording failures', measured: 'served-share' },
      { what: 'damage after there was room again', documented: 'not told', measured: 'damage-lasted' },
    ],
  },
  phases: { baseline: '60s', storm: '90s', recovery: '120s' },
  // A meeting without its recording is a poor one; one that nobody gets into is none.
  classes: { join: { deadline: '3s', weight: 0.75 }, record: { deadline: '3s', weight: 0.25 }, create: { deadline: '3s' }, chat: { deadline: '3s' } },
  habits: people,
  scenarios: [
    { name: 'recorded-meetings', journey: 'record', cohort: 'recording', role: 'base', executor: 'constant-arrival-rate', rate: 20, signedIn: 20 },
    { name: 'meetings', journey: 'meet', cohort: 'in-meetings', role: 'bystander', executor: 'constant-arrival-rate', rate: 15, signedIn: 15 },
  ],
  // What is left is used up by the recordings themselves.
  faults: [{ service: 'recordings', after: '6s', lasting: '60s', does: { kind: 'fill', leave: 500_000 } }],
  promises: [{ class: 'join', cohort: 'recording', atLeast: 0.9 }],
  mechanism: {
    says: 'recordings that had been acknowledged were written to a disk that was full',
    signs: [{ during: 'storm', indicator: 'record.errors', atLeast: 1 }],
  },
  answers: { weak: '2014', gate: 'data-lost', savedBy: ['recordingAcknowledged,recordingReserve'] },
};
