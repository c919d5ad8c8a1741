import { emptyLane, type Lane } from './lane.ts';
import type { Loudness } from './loudness.ts';
import { freshNumbering, type Numbering } from './numbering.ts';
import type { Reception } from './reception.ts';
import { freshView, type View } from './view.ts';

/** A participant's place in a meeting, taken by whoever knows its key. */
export interface Seat extends SeatTerms {
  readonly audioStream: Stream;
  /** Of one picture: the only one, or the low, the middle and the high one of simulcast. */
  readonly videoStreams: readonly [Stream, Stream, Stream];
  readonly loudness: Loudness;
  /** Of the voice, which is forwarded to everybody alike. */
  readonly numbering: Numbering;
  readonly lane: Lane;
  readonly view: View;
  /** Where not all get as much, who gets more: from 0 to below 1. */
  readonly luck: number;
  /** When something last came from it, or it was made, in milliseconds. */
  heard: number;
  reportDue: number;
}

/** What the gateway says of a seat: the key that takes it, its meeting, and the SSRCs it sends with. */
export interface SeatTerms {
  readonly key: string;
  readonly meeting: string;
  readonly audio: number;
  readonly video: number;
}

/** One SSRC as it comes in. */
export interface Stream {
  readonly ssrc: number;
  readonly kind: 'audio' | 'video';
  /** 0..2, the layer of simulcast. */
  readonly layer: number;
  /** Undefined until its first packet. */
  reception: Reception | undefined;
}

/** Seats are numbered eight apart, and take turns. */
const LOTS = 4;

/** Makes a seat that nobody has taken yet. */
export function emptySeat(terms: SeatTerms, audioFirst: boolean, now: number): Seat {
  const video = (layer: number) => stream(terms.video + layer, 'video', layer);
  return {
    ...terms,
    audioStream: stream(terms.audio, 'audio', 0),
    videoStreams: [video(0), video(1), video(2)],
    loudness: { volume: 0 },
    numbering: freshNumbering(),
    lane: emptyLane(audioFirst),
    view: freshView(),
    luck: ((terms.audio >>> 3) % LOTS) / LOTS,
    heard: now,
    reportDue: now,
  };
}

function stream(ssrc: number, kind: Stream['kind'], layer: number): Stream {
  return { ssrc: ssrc >>> 0, kind, layer, reception: undefined };
}

/** The stream of an SSRC, or undefined when a seat was given no such one. */
export function streamOf(seat: Seat, ssrc: number): Stream | undefined {
  if (ssrc === seat.audioStream.ssrc) return seat.audioStream;
  return seat.videoStreams[(ssrc - seat.video) >>> 0];
}

/** All streams of a seat. */
export function streamsOf({ audioStream, videoStreams }: Seat): readonly Stream[] {
  return [audioStream, ...videoStreams];
}
