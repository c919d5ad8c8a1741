import type Datachannel from 'node-datachannel';
import { NotReady } from '../../not-ready.ts';

/** The WebRTC library: ICE, DTLS and SRTP of its own; it takes and gives RTP and RTCP as they are. */
export type Native = typeof Datachannel;

export type NativeConnection = InstanceType<Native['PeerConnection']>;
export type NativeTrack = InstanceType<Native['Track']>;

/** Loads it; throws NotReady where it is not installed, or not made for this machine. */
export async function nativeWebrtc(): Promise<Native> {
  try {
    return (await import('node-datachannel')).default;
  } catch (thrown) {
    const { message } = thrown as Error;
    throw new NotReady(
      `WebRTC participants need the package node-datachannel and its binary for ${process.platform}-${process.arch}: npm install node-datachannel (${message.split('\n')[0]})`,
    );
  }
}
