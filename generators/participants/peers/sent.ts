import type { NativeTrack } from './native.ts';

/** Sends by a track. A target may hang up at any moment: the connection tells of it, and what was to be sent is lost. */
export function sent(track: NativeTrack, datagram: Buffer): void {
  try {
    track.sendMessageBinary(datagram);
  } catch (thrown) {
    if (track.isOpen()) throw thrown;
  }
}
