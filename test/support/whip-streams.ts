import { monotonic } from '../../core/clock.ts';
import { kindOf } from '../../generators/participants/packets/kind.ts';
import { middleOf, shortOf } from '../../generators/participants/packets/ntp.ts';
import { readRtcp, type SenderReport, writeRtcp } from '../../generators/participants/packets/rtcp.ts';
import { readRtp } from '../../generators/participants/packets/rtp.ts';
import type { Native, NativeConnection, NativeTrack } from '../../generators/participants/peers/native.ts';

/** Streams of sound and pictures, each from one publisher to all who view it, over real WebRTC on the loopback. */
export interface Streams {
  publish(name: string, offer: string): Promise<Session>;
  /** Undefined where nobody publishes; without an offer the server makes one. */
  view(name: string, offer: string | undefined): Promise<Session | undefined>;
  close(): void;
}

/** One connection of somebody. */
export interface Session {
  /** What the server says: its answer, or its offer. */
  readonly sdp: string;
  answered(sdp: string): void;
  candidate(candidate: string): void;
  end(): void;
}

interface Stream {
  /** By the kind of media: the SSRC, where it is sent. */
  readonly ssrcs: ReadonlyMap<string, number>;
  readonly viewers: Set<Viewer>;
}

interface Viewer {
  readonly tracks: ReadonlyMap<string, NativeTrack>;
  end(): void;
}

const OPUS = 111;
const VP8 = 96;

/** Forwards what is published, with the numbers that its sender gave it. */
export function streamsOf(native: Native): Streams {
  const streams = new Map<string, Stream>();
  const open = new Set<NativeConnection>();
  const opened = (name: string) => {
    const pc = new native.PeerConnection(name, {
      ...{ iceServers: [], forceMediaTransport: true, disableAutoNegotiation: true, bindAddress: '127.0.0.1' },
    });
    open.add(pc);
    return pc;
  };
  const shut = (pc: NativeConnection) => {
    if (open.delete(pc)) pc.close();
  };
  return {
    async publish(name, offer) {
      const stream: Stream = { ssrcs: ssrcsIn(offer), viewers: new Set() };
      const pc = opened('publisher');
      const held = new Set<NativeTrack>();
      pc.onTrack((track) => {
        held.add(track);
        track.onMessage((datagram) => forwarded(stream, track, datagram));
      });
      const whole = described(pc);
      pc.setRemoteDescription(offer, 'offer');
      pc.setLocalDescription('answer');
      const session = sessionOf(pc, await whole, () => {
        held.clear();
        shut(pc);
        if (streams.get(name) !== stream) return;
        streams.delete(name);
        for (const viewer of stream.viewers) viewer.end();
      });
      streams.set(name, stream);
      return session;
    },
    async view(name, offer) {
      const stream = streams.get(name);
      if (!stream) return undefined;
      const pc = opened('viewer');
      const tracks = sent(native, pc, name, stream);
      const whole = described(pc);
      if (offer !== undefined) pc.setRemoteDescription(offer, 'offer');
      pc.setLocalDescription(offer === undefined ? 'offer' : 'answer');
      const viewer: Viewer = {
        tracks,
        end() {
          stream.viewers.delete(viewer);
          shut(pc);
        },
      };
      const session = sessionOf(pc, await whole, viewer.end);
      stream.viewers.add(viewer);
      return session;
    },
    close() {
      for (const pc of open) pc.close();
    },
  };
}

function sessionOf(pc: NativeConnection, sdp: string, end: () => void): Session {
  return {
    ...{ sdp, end },
    answered: (answer) => pc.setRemoteDescription(answer, 'answer'),
    candidate: (candidate) => pc.addRemoteCandidate(candidate, '0'),
  };
}

/** The own description with every candidate. */
function described(pc: NativeConnection): Promise<string> {
  return new Promise((resolve) => {
    pc.onGatheringStateChange((state) => {
      if (state === 'complete') resolve(pc.localDescription()?.sdp ?? '');
    });
  });
}

function sent(native: Native, pc: NativeConnection, name: string, { ssrcs }: Stream): Map<string, NativeTrack> {
  const tracks = new Map<string, NativeTrack>();
  const [sound, picture] = [ssrcs.get('audio'), ssrcs.get('video')];
  if (sound !== undefined) {
    const audio = new native.Audio('0', 'SendOnly');
    audio.addOpusCodec(OPUS);
    audio.addSSRC(sound, name, name, 'sound');
    tracks.set('audio', pc.addTrack(audio));
  }
  if (picture !== undefined) {
    const video = new native.Video('1', 'SendOnly');
    video.addVP8Codec(VP8);
    video.addSSRC(picture, name, name, 'picture');
    tracks.set('video', pc.addTrack(video));
  }
  return tracks;
}

function ssrcsIn(offer: string): Map<string, number> {
  const sections = offer.split(/^(?=m=)/m).slice(1);
  return new Map(
    sections.flatMap((section) => {
      const [, kind = ''] = /^m=(\w+)/.exec(section) ?? [];
      const ssrc = /^a=ssrc:(\d+)/m.exec(section)?.[1];
      return ssrc === undefined ? [] : [[kind, Number(ssrc)]];
    }),
  );
}

function forwarded(stream: Stream, from: NativeTrack, datagram: Buffer): void {
  if (kindOf(datagram) === 'rtp') {
    const kind = readRtp(datagram)?.payloadType === OPUS ? 'audio' : 'video';
    for (const { tracks } of stream.viewers) passed(tracks.get(kind), datagram);
    return;
  }
  for (const packet of readRtcp(datagram)) if (packet.kind === 'sender-report') reported(stream, from, packet);
}

/** Viewers hear of the sender's clock, and the sender how long it takes to be answered. */
function reported({ viewers, ssrcs }: Stream, from: NativeTrack, report: { kind: 'sender-report' } & SenderReport) {
  const kind = ssrcs.get('audio') === report.ssrc ? 'audio' : 'video';
  for (const { tracks } of viewers) passed(tracks.get(kind), writeRtcp([{ ...report, blocks: [] }]));
  const heard = monotonic();
  setTimeout(() => {
    const block = { ssrc: report.ssrc, fractionLost: 0, lost: 0, highest: 0, jitter: 0 };
    const answered = { ...block, lastReport: middleOf(report.at), delay: shortOf(monotonic() - heard) };
    passed(from, writeRtcp([{ kind: 'receiver-report', ssrc: 1, blocks: [answered] }]));
  }, 20);
}

function passed(track: NativeTrack | undefined, datagram: Buffer): void {
  try {
    if (track?.isOpen()) track.sendMessageBinary(datagram);
  } catch {
    // It was closed meanwhile.
  }
}
