import { kindOf } from '../packets/kind.ts';
import { readRtcp } from '../packets/rtcp.ts';
import { CODECS, type Performer } from '../sending/performer.ts';
import { Connection, type ConnectionParts } from './connection.ts';
import type { NativeTrack } from './native.ts';
import { sent } from './sent.ts';

/** Header extensions as participants write them (`packets/extensions.ts`). */
const EXTENSIONS = [
  'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
];

/** The peer connection that somebody sends on. */
export class Sender {
  readonly #heard: (datagram: Buffer) => void;
  readonly #isMixed: boolean;
  readonly connection: Connection;
  readonly #audio: NativeTrack;
  readonly #video: NativeTrack | undefined;

  /** Hears reports, and what comes back where that is mixed. */
  constructor(
    parts: ConnectionParts & { readonly isMixed: boolean },
    performer: Performer,
    cname: string,
    heard: (datagram: Buffer) => void,
  ) {
    const { native, isMixed } = parts;
    this.#heard = heard;
    this.#isMixed = isMixed;
    this.connection = new Connection(parts);
    const audio = new native.Audio('0', isMixed ? 'SendRecv' : 'SendOnly');
    audio.addOpusCodec(CODECS.opus.payloadType);
    audio.addSSRC(performer.audio.ssrc, cname, cname, `${cname}-sound`);
    for (const line of EXTENSIONS) audio.parseSdpLine(line);
    this.#audio = this.#add(audio, performer);
    if (!performer.video) return;
    const video = new native.Video('1', 'SendOnly');
    video.addVP8Codec(CODECS.vp8.payloadType);
    video.addSSRC(performer.video.ssrc, cname, cname, `${cname}-picture`);
    for (const line of EXTENSIONS) video.parseSdpLine(line);
    this.#video = this.#add(video, performer);
  }

  get isOpen(): boolean {
    return this.connection.isConnected && this.#audio.isOpen();
  }

  sound(datagram: Buffer): void {
    sent(this.#audio, datagram);
  }

  picture(datagram: Buffer): void {
    if (this.#video) sent(this.#video, datagram);
  }

  #add(media: Parameters<Connection['pc']['addTrack']>[0], performer: Performer): NativeTrack {
    const track = this.connection.pc.addTrack(media);
    track.onMessage((datagram) => {
      const isReport = kindOf(datagram) === 'rtcp';
      if (!isReport && !this.#isMixed) return;
      if (isReport && readRtcp(datagram).some(({ kind }) => kind === 'picture-loss')) performer.keyFrame();
      this.#heard(datagram);
    });
    return track;
  }
}
