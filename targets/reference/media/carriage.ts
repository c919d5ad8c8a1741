import { enqueue } from './egress.ts';
import { fanOut, takenIn } from './forwarding.ts';
import type { Meeting } from './meeting.ts';
import type { Plane } from './plane.ts';
import { passOn } from './reports.ts';
import { rtcpPackets, SENDER_REPORT } from './rtcp.ts';
import { type Seat, type Stream, streamOf } from './seat.ts';
import { routeFor } from './trunk.ts';

/** Takes an RTP packet of somebody who has a seat here, to those who are to have it here and in other regions. */
export function forward(plane: Plane, seat: Seat, packet: Buffer, now: number): void {
  const taken = takenIn(plane, seat, packet, now);
  if (!taken) return;
  const meeting = plane.seats.meetingOf(seat);
  if (plane.settings.pictures === 'everybody' || taken.stream.kind === 'audio' || isOnStage(meeting, seat))
    carry(plane, meeting, taken.stream, packet, taken.stream.kind === 'audio');
  fanOut(plane, meeting, seat, taken, now);
}

/** Takes a sender's report to the same. */
export function forwardReport(plane: Plane, seat: Seat, stream: Stream, report: Buffer, now: number): void {
  const meeting = plane.seats.meetingOf(seat);
  carry(plane, meeting, stream, report, true);
  passOn(plane, meeting, seat, stream, report, now);
}

/** Whom another region may want to see. */
function isOnStage({ stage: { speakers, before } }: Meeting, seat: Seat): boolean {
  return seat === before || speakers.includes(seat);
}

function carry(
  { trunk, egress, settings }: Plane,
  { id }: Meeting,
  { kind }: Stream,
  datagram: Buffer,
  isUrgent: boolean,
): void {
  const peers = trunk.bridges.get(id);
  if (!peers) return;
  // Where voices are chosen, those here get them under other numbers, written into what came.
  const own = kind === 'audio' && settings.speakers !== Number.POSITIVE_INFINITY ? Buffer.from(datagram) : datagram;
  for (const peer of peers) enqueue(egress, routeFor(trunk, peer, kind).lane, own, isUrgent);
}

/** Takes an RTP packet of somebody who sits in another region to those who are to have it here. */
export function forwardGuest(plane: Plane, packet: Buffer, now: number): void {
  const seat = packet.length < 12 ? undefined : plane.guests.withSsrc(packet.readUInt32BE(8));
  const meeting = seat && plane.seats.meetings.get(seat.meeting);
  if (!seat || !meeting) {
    plane.tally.drops.foreign += 1;
    return;
  }
  const taken = takenIn(plane, seat, packet, now);
  if (taken) fanOut(plane, meeting, seat, taken, now);
}

/** The same for the reports of such senders. */
export function forwardGuestReports(plane: Plane, datagram: Buffer, now: number): void {
  for (const { type, from } of rtcpPackets(datagram) ?? []) {
    const ssrc = datagram.readUInt32BE(from + 4);
    const seat = type === SENDER_REPORT ? plane.guests.withSsrc(ssrc) : undefined;
    const meeting = seat && plane.seats.meetings.get(seat.meeting);
    const stream = seat && streamOf(seat, ssrc);
    if (meeting && stream) passOn(plane, meeting, seat, stream, Buffer.from(datagram), now);
  }
}
