import { enqueue } from './egress.ts';
import { type Meeting, seenBy } from './meeting.ts';
import type { Plane } from './plane.ts';
import { type ReceptionReport, reported } from './reception.ts';
import {
  blocksIn,
  GOODBYE,
  goodbye,
  type ReportBlock,
  receiverReport,
  rtcpPackets,
  SENDER_REPORT,
  senderReportAlone,
} from './rtcp.ts';
import { type Seat, type Stream, streamOf, streamsOf } from './seat.ts';
import { hearOfLoss } from './view.ts';

/** How often a sender is told what of theirs arrives, in milliseconds. */
const REPORT_EVERY = 1_000;

/** What happens to the report of a sender on a stream of theirs. */
export type Onward = (plane: Plane, seat: Seat, stream: Stream, report: Buffer, now: number) => void;

/**
 * Takes RTCP of somebody who has a seat: sender reports go on to those who get the stream, reports of loss are taken to
 * heart. True when they say goodbye.
 */
export function heardReports(plane: Plane, seat: Seat, datagram: Buffer, onward: Onward, now: number): boolean {
  const { tally } = plane;
  const packets = rtcpPackets(datagram);
  if (!packets) {
    tally.drops.malformed += 1;
    return false;
  }
  tally.packetsIn.rtcp += 1;
  tally.bytesIn.rtcp += datagram.length;
  const blocks: ReportBlock[] = [];
  for (const packet of packets) {
    if (packet.type === SENDER_REPORT) {
      const stream = streamOf(seat, datagram.readUInt32BE(packet.from + 4));
      if (stream) onward(plane, seat, stream, senderReportAlone(datagram, packet), now);
      else tally.drops.foreign += 1;
    }
    blocks.push(...blocksIn(datagram, packet));
  }
  if (blocks.length > 0) hearBlocks(plane, seat, blocks, now);
  return packets.some(({ type }) => type === GOODBYE);
}

/** Takes to heart what somebody says of the streams they get. */
function hearBlocks(
  { seats, guests, tally, settings, way }: Plane,
  seat: Seat,
  blocks: readonly ReportBlock[],
  now: number,
): void {
  const shares = blocks.map(({ share }) => share);
  // As if all streams had as many packets: how many each had is not remembered for each of those who get it.
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  tally.undelivered += seat.lane.sent * mean;
  seat.lane.sent = 0;
  if (!settings.adaptsVideo) return;
  hearOfLoss(seat.view, Math.max(...shares), now);
  const trips = blocks.flatMap(({ ssrc, lastReport, delay }) => {
    const sender = seats.withSsrc(ssrc) ?? guests.withSsrc(ssrc);
    const reception = sender && streamOf(sender, ssrc)?.reception;
    const isAnswer = lastReport !== 0 && reception?.lastReport === lastReport;
    return isAnswer ? [now - reception.lastReportAt - delay] : [];
  });
  const roundTrip = trips.length > 0 ? Math.min(...trips) : undefined;
  way.told.set(seat.key, { share: mean, roundTrip, at: now });
}

/** Passes a sender's report on to those who are here and get the stream. */
export function passOn(plane: Plane, meeting: Meeting, seat: Seat, stream: Stream, report: Buffer, now: number): void {
  if (stream.reception) {
    // The middle of the NTP timestamp, by which the sender knows its report again.
    stream.reception.lastReport = report.readUInt32BE(10);
    stream.reception.lastReportAt = now;
  }
  for (const other of meeting.present)
    if (other !== seat && gets(plane, meeting, other, seat, stream)) enqueue(plane.egress, other.lane, report, true);
}

/** Whether somebody is sent a stream at present. */
function gets({ settings }: Plane, meeting: Meeting, someone: Seat, sender: Seat, { kind, layer }: Stream): boolean {
  if (kind === 'audio')
    return settings.speakers === Number.POSITIVE_INFINITY || meeting.stage.speakers.includes(sender);
  if (settings.pictures === 'everybody') return true;
  return seenBy(meeting, someone) === sender && someone.view.shown === sender.video && someone.view.layer === layer;
}

/** Tells everybody whose time it is what of theirs has arrived. */
export function sendReports({ seats, egress }: Plane, ssrc: number, description: Buffer, now: number): void {
  for (const seat of seats.all()) {
    if (!seat.lane.address || seat.reportDue > now) continue;
    seat.reportDue = now + REPORT_EVERY;
    const reports = streamsOf(seat).flatMap(({ ssrc: of, reception }): ReceptionReport[] =>
      reception ? [reported(of, reception, now)] : [],
    );
    if (reports.length > 0) enqueue(egress, seat.lane, receiverReport(ssrc, reports, description), true);
  }
}

/** Says goodbye to everybody else for somebody whose seat has ended. */
export function sendGoodbye({ egress }: Plane, present: readonly Seat[], { audio, video }: Seat): void {
  const farewell = goodbye([audio, video]);
  for (const other of present) enqueue(egress, other.lane, farewell, true);
}
