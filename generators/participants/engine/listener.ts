import { lossOf, type MediaFacts, type StreamCounts } from '../../../core/media.ts';
import { onTheWay } from '../packets/extensions.ts';
import { ntpOf, roundTripOf } from '../packets/ntp.ts';
import { type ReportBlock, type RtcpPacket, readRtcp, type SenderReport } from '../packets/rtcp.ts';
import { readRtp } from '../packets/rtp.ts';
import { breachOf } from '../quality/floor.ts';
import { mosOf, mouthToEar } from '../quality/mos.ts';
import { Mean } from '../reception/mean.ts';
import { skewOf } from '../reception/skew.ts';
import { CODECS } from '../sending/performer.ts';
import { IncomingAudio, IncomingVideo } from './incoming.ts';

/** A stream nobody hears for so long, in milliseconds, is forgotten: big meetings have hundreds, few at a time. */
const FORGOTTEN = 10_000;
/** More streams than this at once are no meeting; the memory of a participant stays bounded. */
const MOST_STREAMS = 2_000;
/** Sound that came within so many milliseconds says that the way is open, and a picture that stays away not meant to come. */
const FLOWING = 200;

/** What packets carry, by their payload type. */
export type Payloads = ReadonlyMap<number, 'audio' | 'video'>;

/** What participants send each other where nobody agrees on anything else. */
const OWN_PAYLOADS: Payloads = new Map([
  [CODECS.opus.payloadType, 'audio'],
  [CODECS.vp8.payloadType, 'video'],
]);

/** What a second has to be judged by besides what came in it. */
export interface Circumstances {
  readonly now: number;
  readonly seated: boolean;
  readonly expected: boolean;
  /** The round trip to the server by other means, for when no report tells it. */
  readonly roundTrip: number | undefined;
  readonly bytesSent: number;
}

/** All that one participant receives. */
export class Listener {
  readonly #streams = new Map<number, IncomingAudio | IncomingVideo>();
  readonly #audioDelay = new Mean();
  readonly #videoDelay = new Mean();
  readonly #roundTrip = new Mean();
  readonly #own: ReadonlySet<number>;
  readonly #partners: ReadonlyMap<number, number>;
  readonly #payloads: Payloads;
  /** When the last packet of media came, and the last one of sound. */
  heard: number | undefined;
  /** When the first whole frame of anybody was there. */
  framed: number | undefined;
  #sound = Number.NEGATIVE_INFINITY;
  #discarded = 0;

  /** `own` are the SSRCs this participant sends with, `partners` says which voice belongs to a picture. */
  constructor(own: ReadonlySet<number>, partners: ReadonlyMap<number, number>, payloads: Payloads = OWN_PAYLOADS) {
    this.#own = own;
    this.#partners = partners;
    this.#payloads = payloads;
  }

  /** Counts a datagram that says nothing anybody could use. */
  discard(): void {
    this.#discarded += 1;
  }

  rtp(datagram: Buffer, now: number): void {
    const packet = readRtp(datagram);
    const stream = packet && (this.#streams.get(packet.ssrc) ?? this.#begun(packet.ssrc, packet.payloadType));
    if (!stream) {
      this.discard();
      return;
    }
    this.heard = now;
    if (!stream.take(datagram, packet, now)) this.discard();
    const delay = onTheWay(datagram, packet, now);
    if (stream.kind === 'audio') this.#sound = now;
    else this.framed ??= stream.freezes.last;
    if (delay !== undefined) (stream.kind === 'audio' ? this.#audioDelay : this.#videoDelay).add(delay);
  }

  /** Takes reports in. */
  rtcp(datagram: Buffer, now: number): void {
    for (const packet of readRtcp(datagram, () => this.discard())) {
      if (packet.kind === 'sender-report') this.#heardFromSender(packet, now);
      if (packet.kind === 'bye') for (const ssrc of packet.ssrcs) this.#streams.delete(ssrc);
      if (packet.kind === 'receiver-report' || packet.kind === 'sender-report') this.#answered(packet, now);
    }
  }

  /** What is to be reported of every stream that is heard. */
  blocks(now: number): ReportBlock[] {
    return [...this.#streams.values()].flatMap(({ reception, heard }) =>
      now - heard < FORGOTTEN ? (reception.block(now) ?? []) : [],
    );
  }

  /** What came since this was last asked, and whether it was good enough. */
  take({ now, seated, expected, roundTrip, bytesSent }: Circumstances): MediaFacts {
    const flowing = now - this.#sound < FLOWING;
    const { audio, video, bytes, jitter, frozen, freezes, watched, standsStill } = this.#counted(now, flowing);
    const [audioDelay, videoDelay] = [this.#audioDelay.take(), this.#videoDelay.take()];
    const trip = this.#roundTrip.take() ?? roundTrip;
    const skew = this.#skew();
    const loss = lossOf(audio);
    const silent = expected && audio.packets === 0;
    const way = audioDelay ?? (trip === undefined ? undefined : trip / 2);
    const mos = silent ? 1 : loss === undefined ? undefined : mosOf({ delay: mouthToEar(way ?? 0), loss });
    const breach = breachOf({
      ...{ seated, expected, packets: audio.packets, loss, audioDelay: way, videoDelay, frozen: standsStill },
    });
    const discarded = this.#discarded || undefined;
    this.#discarded = 0;
    const told = { jitter, roundTrip: trip, audioDelay, videoDelay, skew, mos, breach, discarded };
    const known = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
    return { audio, video, bytesReceived: bytes, bytesSent, freezes, frozen, watched, ...known };
  }

  #begun(ssrc: number, payloadType: number): IncomingAudio | IncomingVideo | undefined {
    // Whoever hears themselves hears nobody (RFC 3550, 8.2).
    if (this.#streams.size >= MOST_STREAMS || this.#own.has(ssrc)) return undefined;
    const kind = this.#payloads.get(payloadType);
    if (!kind) return undefined;
    const stream = kind === 'audio' ? new IncomingAudio(ssrc) : new IncomingVideo(ssrc);
    this.#streams.set(ssrc, stream);
    return stream;
  }

  #heardFromSender(report: SenderReport, now: number): void {
    const stream = this.#streams.get(report.ssrc);
    stream?.reception.heardFromSender(report, now);
    stream?.passage.heardFromSender(report);
  }

  #answered({ blocks }: RtcpPacket & { blocks: readonly ReportBlock[] }, now: number): void {
    for (const { ssrc, lastReport, delay } of blocks) {
      const trip = this.#own.has(ssrc) ? roundTripOf(ntpOf(now), { lastReport, delay }) : undefined;
      if (trip !== undefined) this.#roundTrip.add(trip);
    }
  }

  #counted(now: number, flowing: boolean) {
    const sums = { audio: { packets: 0, lost: 0 }, video: { packets: 0, lost: 0 } };
    let [bytes, frozen, freezes, watched, standsStill] = [0, 0, 0, 0, false];
    let jitter: number | undefined;
    for (const [ssrc, stream] of this.#streams) {
      const received = stream.reception.take();
      sums[stream.kind].packets += received.packets;
      sums[stream.kind].lost += received.lost;
      bytes += received.bytes;
      if (stream.kind === 'audio' && received.packets > 0) jitter = Math.max(jitter ?? 0, stream.reception.jitter);
      if (stream.kind === 'video') {
        const found = stream.freezes.take(now, !flowing);
        freezes += found.freezes;
        frozen = Math.max(frozen, found.milliseconds);
        standsStill ||= !flowing && stream.freezes.open(now);
        if (received.packets > 0 || found.milliseconds > 0) watched = 1_000;
      }
      if (now - stream.heard > FORGOTTEN) this.#streams.delete(ssrc);
    }
    const { audio, video }: { audio: StreamCounts; video: StreamCounts } = sums;
    return { audio, video, bytes, jitter, frozen, freezes, watched, standsStill };
  }

  /** Of everybody who is both heard and seen, on average. */
  #skew(): number | undefined {
    const skews = new Mean();
    for (const [ssrc, stream] of this.#streams) {
      const passed = stream.kind === 'video' ? stream.passage.take() : undefined;
      const partner = passed === undefined ? undefined : this.#streams.get(this.#partners.get(ssrc) ?? -1);
      const skew = partner?.kind === 'audio' ? skewOf(partner.passage.take(), passed) : undefined;
      if (skew !== undefined) skews.add(skew);
    }
    for (const stream of this.#streams.values()) stream.passage.take();
    return skews.take();
  }
}
