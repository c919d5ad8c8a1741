import type { Profile } from '../core/profile.ts';
import { people } from './habits.ts';

/** March 2020: a hundred times the tickets; the support takes every one of them, and loses what it cannot hold. */
export const ticketFlood: Profile = {
  name: 'ticket-flood',
  title: 'The support is flooded with a hundred times its tickets',
  incident: {
    date: '2020-03',
    trigger: 'everybody new to it at once, and everybody with a question',
    damage: 'support systems overwhelmed with 100x ticket volume',
    source: 'Phase 4, What Broke (Spectacularly)',
    figures: [
      { what: 'growth of the load, meetings and tickets together', documented: '100x ticket volume', measured: 'load-factor' },
      { what: 'people who could meet and were heard', documented: 'overwhelmed', measured: 'served-share' },
    ],
  },
  phases: { baseline: '60s', storm: '90s', recovery: '120s' },
  classes: { join: { deadline: '3s', weight: 1 }, ticket: { deadline: '5s' }, create: { deadline: '3s' }, chat: { deadline: '3s' } },
  habits: people,
  scenarios: [
    { name: 'meetings', journey: 'meet', cohort: 'in-meetings', role: 'base', executor: 'constant-arrival-rate', rate: 20, signedIn: 20 },
    { name: 'tickets', journey: 'ticket', cohort: 'in-need', role: 'base', executor: 'constant-arrival-rate', rate: 2, signedIn: 4 },
    // With the base load a hundred times of it.
    { name: 'flood', journey: 'ticket', cohort: 'in-need', role: 'storm', executor: 'constant-arrival-rate', rate: 198, signedIn: 40 },
  ],
  faults: [],
  promises: [{ class: 'join', cohort: 'in-meetings', atLeast: 0.9 }],
  mechanism: {
    says: 'tickets were acknowledged faster than they were filed, and the intake queue overflowed',
    signs: [
      { during: 'storm', indicator: 'ticket.queue', atLeast: 100 },
      { during: 'storm', indicator: 'ticket.overwritten', atLeast: 1 },
    ],
  },
  answers: { weak: '2020', gate: 'data-lost', savedBy: ['ticketIntake'] },
};
