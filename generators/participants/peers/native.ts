import { NotReady } from '../../not-ready.ts';

/**
 * The WebRTC library (node-datachannel), as far as it is used here: ICE, DTLS and SRTP of its own; it takes and gives RTP and
 * RTCP as they are. Written down here because who has no use for WebRTC does not have it installed.
 */
export interface Native {
  readonly PeerConnection: new (name: string, config: NativeConfig) => NativeConnection;
  readonly Audio: new (
    mid: string,
    direction: NativeDirection,
  ) => NativeMedia & { addOpusCodec(payloadType: number): void };
  readonly Video: new (
    mid: string,
    direction: NativeDirection,
  ) => NativeMedia & { addVP8Codec(payloadType: number): void };
}

type NativeDirection = 'SendOnly' | 'RecvOnly' | 'SendRecv';

export interface NativeConfig {
  readonly iceServers: readonly string[];
  readonly forceMediaTransport: boolean;
  readonly disableAutoNegotiation: boolean;
  readonly bindAddress?: string;
}

export interface NativeMedia {
  addSSRC(ssrc: number, name: string, stream: string, track: string): void;
  parseSdpLine(line: string): void;
}

export interface NativeConnection {
  setLocalDescription(type: 'offer' | 'answer'): void;
  localDescription(): { readonly sdp: string } | null;
  setRemoteDescription(sdp: string, type: 'offer' | 'answer'): void;
  addRemoteCandidate(candidate: string, mid: string): void;
  addTrack(media: NativeMedia): NativeTrack;
  onTrack(listener: (track: NativeTrack) => void): void;
  onStateChange(listener: (state: string) => void): void;
  onIceStateChange(listener: (state: string) => void): void;
  onGatheringStateChange(listener: (state: string) => void): void;
  getSelectedCandidatePair(): { readonly remote: { readonly address: string; readonly port: number } } | null;
  state(): string;
  close(): void;
}

export interface NativeTrack {
  isOpen(): boolean;
  sendMessageBinary(datagram: Buffer): boolean;
  onMessage(listener: (datagram: Buffer) => void): void;
  onClosed(listener: () => void): void;
}

const PACKAGE = 'node-datachannel';

/** Loads it; throws NotReady where it is not installed, or not made for this machine. */
export async function nativeWebrtc(name: string = PACKAGE): Promise<Native> {
  try {
    return ((await import(name)) as { readonly default: Native }).default;
  } catch (thrown) {
    const [first = ''] = (thrown as Error).message.split('\n');
    const machine = `${process.platform}-${process.arch}`;
    throw new NotReady(
      `WebRTC participants need the package ${name} and its binary for ${machine}: npm install ${name} (${first})`,
    );
  }
}
