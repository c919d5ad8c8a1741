import { enqueue } from './egress.ts';
import type { Outgoing } from './lane.ts';
import { hear, UNTOLD } from './loudness.ts';
import { type Meeting, seenBy } from './meeting.ts';
import { numberFor, pause } from './numbering.ts';
import type { Plane } from './plane.ts';
import { layersFor } from './pressure.ts';
import { arrived, begunReception } from './reception.ts';
import { RTP_HEADER, type RtpLayout, rtpLayout, volumeOf } from './rtp.ts';
import { type Seat, type Stream, streamOf } from './seat.ts';
import { type PicturePacket, shownWith } from './view.ts';
import { vp8Facts } from './vp8.ts';

const CLOCK_RATES = { audio: 48_000, video: 90_000 } as const;

/** A layer of which nothing has come for so long is not sent any more, in milliseconds. */
const LIVE_WITHIN = 1_000;

/** A packet that has been understood. */
export interface TakenIn {
  readonly packet: Buffer;
  readonly stream: Stream;
  readonly layout: RtpLayout;
}

/** Takes an RTP packet in; undefined when it is none, or not of this sender. */
export function takenIn({ tally }: Plane, seat: Seat, packet: Buffer, now: number): TakenIn | undefined {
  const layout = rtpLayout(packet);
  if (!layout) {
    tally.drops.malformed += 1;
    return undefined;
  }
  const stream = streamOf(seat, packet.readUInt32BE(8));
  if (!stream) {
    tally.drops.foreign += 1;
    return undefined;
  }
  tally.packetsIn[stream.kind] += 1;
  tally.bytesIn[stream.kind] += packet.length;
  receive(stream, packet, now);
  return { packet, stream, layout };
}

/** Puts a packet in the queues of those who are here and are to have it. */
export function fanOut(plane: Plane, meeting: Meeting, seat: Seat, taken: TakenIn, now: number): void {
  const { settings } = plane;
  const { packet, stream, layout } = taken;
  if (stream.kind === 'audio') {
    hear(seat.loudness, layout.level > 0 ? volumeOf(packet, layout.level) : UNTOLD);
    if (settings.speakers !== Number.POSITIVE_INFINITY && !isHeard(plane, meeting, seat, packet)) return;
    toEverybodyElse(plane, meeting, seat, packet, true);
  } else if (settings.pictures === 'everybody') toEverybodyElse(plane, meeting, seat, packet, false);
  else show(plane, meeting, seat, taken, now);
}

function receive(stream: Stream, packet: Buffer, now: number): void {
  const [sequence, timestamp] = [packet.readUInt16BE(2), packet.readUInt32BE(4)];
  if (stream.reception && arrived(stream.reception, sequence, timestamp, now)) return;
  stream.reception = begunReception(CLOCK_RATES[stream.kind], sequence, timestamp, now);
}

/** Whether a voice is forwarded; its packet has the number then that leaves no gap. */
function isHeard({ tally }: Plane, meeting: Meeting, seat: Seat, packet: Buffer): boolean {
  const { numbering } = seat;
  if (!meeting.stage.speakers.includes(seat)) {
    pause(numbering);
    tally.withheld.audio += othersThan(meeting, seat);
    return false;
  }
  const number = numberFor(numbering, packet.readUInt16BE(2));
  if (number === undefined) tally.drops.late += 1;
  // Nobody else has the packet yet.
  else packet.writeUInt16BE(number, 2);
  return number !== undefined;
}

/** How many are here beside somebody, who may be in another region. */
function othersThan({ present }: Meeting, { lane: { address } }: Seat): number {
  return present.length - (address ? 1 : 0);
}

function toEverybodyElse(
  { egress }: Plane,
  { present }: Meeting,
  sender: Seat,
  packet: Buffer,
  isUrgent: boolean,
): void {
  for (const seat of present) if (seat !== sender) enqueue(egress, seat.lane, packet, isUrgent);
}

/** Forwards a picture to those who see its sender, to each in the layer they can have. */
function show(
  { egress, tally, pressure }: Plane,
  meeting: Meeting,
  sender: Seat,
  { packet, stream: { ssrc, layer }, layout: { payload } }: TakenIn,
  now: number,
): void {
  const { speakers, before } = meeting.stage;
  const others = othersThan(meeting, sender);
  if (sender !== speakers[0] && sender !== before) {
    tally.withheld.video += others;
    return;
  }
  const live = sender.videoStreams.map(
    ({ reception }) => reception !== undefined && now - reception.heard < LIVE_WITHIN,
  );
  const sequence = packet.readUInt16BE(2);
  const picture: PicturePacket = {
    ssrc,
    picture: sender.video,
    layer,
    sequence,
    facts: vp8Facts(packet, payload),
    live,
  };
  let shown = 0;
  for (const seat of meeting.present) {
    if (seat === sender || seenBy(meeting, seat) !== sender) continue;
    const number = shownWith(seat.view, picture, layersFor(pressure, seat.luck), now);
    if (number === undefined) continue;
    shown += 1;
    enqueue(egress, seat.lane, numbered(packet, sequence, number), false);
  }
  tally.withheld.video += others - shown;
}

/** A packet under another number: with a header of its own before the rest, which it shares with the others. */
function numbered(packet: Buffer, sequence: number, number: number): Outgoing {
  if (number === sequence) return packet;
  const head = Buffer.allocUnsafe(RTP_HEADER);
  packet.copy(head, 0, 0, RTP_HEADER);
  head.writeUInt16BE(number, 2);
  return [head, packet.subarray(RTP_HEADER)];
}
