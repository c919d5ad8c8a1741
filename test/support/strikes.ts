import { turnsOf } from './turns.ts';

/** What strikes a real server in the middle of a storm: a signal to Prosody, or the end of Janus or of LiveKit. */
export type Strike = 'SIGKILL' | 'Janus that is killed' | 'SIGSTOP' | 'LiveKit that stands still';

/** A minute or two each, so that one of them has its turn today and the next one tomorrow. */
export const [TODAY] = turnsOf<Strike>(['SIGKILL', 'Janus that is killed', 'SIGSTOP', 'LiveKit that stands still'], 1);
