import type { RemoteInfo, Socket } from 'node:dgram';
import { forward, forwardReport } from './carriage.ts';
import { type Control, openControl } from './control.ts';
import { kindOf } from './datagram.ts';
import { closeLane } from './egress.ts';
import { heardKnock, knock, noKnock, takeWait } from './knock.ts';
import type { Meeting } from './meeting.ts';
import { openMetrics } from './metrics.ts';
import type { Instruction, MediaOrder, MediaReport } from './order.ts';
import { emptyPlane, type Plane } from './plane.ts';
import { atFreePort } from './ports.ts';
import { look } from './pressure.ts';
import { heardReports, sendGoodbye, sendReports } from './reports.ts';
import { description } from './rtcp.ts';
import { HOST, openSocket } from './socket.ts';
import { nextStage } from './stage.ts';
import { bindingError, bindingRequest, bindingSuccess } from './stun.ts';
import { bridge, clearBridges } from './trunk.ts';
import { openTrunks } from './trunk-sockets.ts';
import { takeWay } from './way.ts';

/** How often speakers, reports and silent seats are looked at, in milliseconds. */
const TICK = 100;
/** How often the gateway hears how busy it is, in milliseconds. */
const LOAD_EVERY = 500;
/** A seat that nothing has come from for so long is given up, in milliseconds. */
const SILENT_FOR = 10_000;
/** From so many on a meeting is large. */
const LARGE = 40;
/** Whom receiver reports come from: an SSRC that no participant is given. */
const OWN_SSRC = 1;

/** Opens a media server as ordered: its socket for datagrams, and its HTTP server for the gateway and for metrics. */
export async function openMediaServer(order: MediaOrder, log: (line: string) => void): Promise<MediaReport> {
  const socket = await atFreePort(order.port, openSocket);
  const plane = emptyPlane(order.settings, (datagram, host, port) =>
    Buffer.isBuffer(datagram) ? socket.send(datagram, port, host) : socket.send([...datagram], port, host),
  );
  const { port } = socket.address();
  const control = await openControl({
    ...{ port: order.controlPort, token: order.token, log },
    metrics: openMetrics(plane, port, order.region),
    obey: (instruction) => obey(plane, instruction),
    lost: () => {
      for (const { key } of plane.seats.all()) end(plane, key);
      plane.guests.clear();
      clearBridges(plane.trunk);
    },
  });
  socket.on('error', () => {
    plane.tally.drops.unsent += 1;
  });
  const knocking = noKnock();
  socket.on('message', (datagram, from) => {
    // Participants have other ports.
    if (from.port === port) heardKnock(knocking, performance.now());
    else take(plane, control, socket, datagram, from);
  });
  const waited = (now: number) => {
    knock(knocking, (datagram) => socket.send(datagram, port, HOST), now);
    return takeWait(knocking, now);
  };
  attend(plane, control, description(OWN_SSRC, order.name), waited);
  const trunks = await openTrunks(plane, order.trunkPorts);
  return { kind: 'ready', port, controlPort: control.port, trunkPorts: trunks.map((one) => one.address().port) };
}

function obey(plane: Plane, instruction: Instruction): void {
  if (instruction.type === 'keep') plane.seats.keep(instruction, performance.now());
  else if (instruction.type === 'guest') plane.guests.expect(instruction, performance.now());
  else if (instruction.type === 'bridge') bridge(plane.trunk, instruction.meeting, instruction.peers);
  else end(plane, instruction.key);
}

/** Ends a seat here, or that of a guest. */
function end(plane: Plane, key: string): void {
  const seat = plane.seats.giveUp(key) ?? plane.guests.giveUp(key);
  if (!seat) return;
  closeLane(plane.egress, seat.lane);
  const meeting = plane.seats.meetings.get(seat.meeting);
  if (!meeting) return;
  sendGoodbye(plane, meeting.present, seat);
  for (const other of meeting.seats) for (const { ssrc } of seat.videoStreams) other.view.numberings.delete(ssrc);
}

function take(plane: Plane, control: Control, socket: Socket, datagram: Buffer, { address, port }: RemoteInfo): void {
  const { seats, tally } = plane;
  // Nothing can be sent there.
  const kind = port === 0 ? 'other' : kindOf(datagram);
  if (kind === 'stun') {
    bind(plane, socket, datagram, { host: address, port });
    return;
  }
  const seat = seats.at(address, port);
  if (!seat) {
    tally.drops.unbound += 1;
    return;
  }
  const now = performance.now();
  if (kind === 'other') tally.drops.malformed += 1;
  else if (kind === 'rtp') forward(plane, seat, datagram, now);
  else if (heardReports(plane, seat, datagram, forwardReport, now)) {
    tally.ends.left += 1;
    end(plane, seat.key);
    control.tell({ type: 'ended', key: seat.key });
  }
  seat.heard = now;
}

/** Answers whoever wants to take a seat, or to say that they are still in it. */
function bind(plane: Plane, socket: Socket, datagram: Buffer, from: { host: string; port: number }): void {
  const { tally, seats } = plane;
  const request = bindingRequest(datagram);
  if (!request) {
    tally.drops.malformed += 1;
    return;
  }
  tally.packetsIn.stun += 1;
  tally.bytesIn.stun += datagram.length;
  const isClear = request.unknown.length === 0;
  const seat = isClear && request.username !== undefined ? seats.take(request.username, from) : undefined;
  if (seat) seat.heard = performance.now();
  tally.bindings[seat ? 'accepted' : 'refused'] += 1;
  const answer = seat ? bindingSuccess(request, from) : bindingError(request, isClear ? 401 : 420);
  tally.packetsOut.stun += 1;
  tally.bytesOut.stun += answer.length;
  socket.send(answer, from.port, from.host);
}

/** Does what has to be done from time to time. */
function attend(plane: Plane, control: Control, description: Buffer, waited: (now: number) => number): void {
  const { seats, guests, egress, pressure, settings, tally } = plane;
  let [before, toldAt, late, waits] = [performance.now(), performance.now(), 0, 0];
  const everybodyIn = ({ id, present }: Meeting) => [...present, ...guests.of(id)];
  setInterval(() => {
    const now = performance.now();
    late = Math.max(late, now - before - TICK);
    waits = Math.max(waits, waited(now));
    before = now;
    if (settings.speakers !== Number.POSITIVE_INFINITY)
      for (const meeting of seats.meetings.values())
        meeting.stage = nextStage(meeting.stage, everybodyIn(meeting), placesIn(meeting, plane));
    sendReports(plane, OWN_SSRC, description, now);
    for (const { key, heard } of seats.all()) {
      if (now - heard <= SILENT_FOR) continue;
      tally.ends.silent += 1;
      end(plane, key);
      control.tell({ type: 'ended', key });
    }
    // By the clock: one that is slow has to tell it as often as others.
    if (now - toldAt < LOAD_EVERY - TICK / 2) return;
    toldAt = now;
    look(pressure, egress, { late, waits, way: takeWay(plane.way, now) }, now);
    control.tell({ type: 'load', used: pressure.used, layers: pressure.allowed, late, waits });
    [late, waits] = [0, 0];
  }, TICK);
}

/** Where there is no time for all voices fewer go out, in a meeting so large that whoever hears themselves only is one of many. */
function placesIn({ present }: Meeting, { pressure, settings }: Plane): number {
  return present.length >= LARGE ? settings.speakers - pressure.brevity.fewer : settings.speakers;
}
