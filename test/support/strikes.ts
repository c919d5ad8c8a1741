import { turnsOf } from './turns.ts';

/** What strikes a server in the middle of a storm: a signal to Prosody, the end of Janus or of LiveKit, an incident, or its own manners. */
export type Strike = (typeof STRIKES)[number];

const STRIKES = [
  'SIGKILL',
  'Janus that is killed',
  'LiveKit in enterprise-cascade',
  'SIGSTOP',
  'LiveKit that stands still',
  'a service that turns hostile',
  'Janus in bandwidth-wall',
] as const;

/** A minute or two each, so that one of them has its turn today and the next one tomorrow. */
export const [TODAY] = turnsOf<Strike>(STRIKES, 1);
