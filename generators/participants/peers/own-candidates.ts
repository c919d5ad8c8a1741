import type { Asks, Line, PeerMessage } from '../../../core/media.ts';
import type { Connection } from './connection.ts';
import { candidatesIn, withoutCandidates } from './sdp.ts';

interface Which {
  readonly line: Line;
  readonly id?: number;
}

type Say = (message: PeerMessage) => void;

/**
 * Says an offer that was made: with all addresses when they are wanted in it, and with none otherwise. Who knows them before
 * the answer is here may be too early with what comes by them.
 */
export function offered(
  { sdp, ...which }: Which & { readonly sdp: string },
  connection: Connection,
  { candidates }: Pick<Asks, 'candidates'>,
  say: Say,
): void {
  const offer = (described: string) => say({ ...which, is: 'offer', sdp: described });
  if (candidates === 'trickled') offer(withoutCandidates(sdp));
  else void connection.whole().then((whole) => whole !== '' && offer(whole));
}

/** Says the addresses once the answer is there, and that these were all. */
export function trickled(
  which: Which,
  connection: Connection,
  { candidates }: Pick<Asks, 'candidates'>,
  say: Say,
): void {
  if (candidates !== 'trickled') return;
  void connection.whole().then((whole) => {
    if (whole === '') return;
    for (const candidate of [...candidatesIn(whole), '']) say({ ...which, is: 'candidate', candidate, mid: '0' });
  });
}
