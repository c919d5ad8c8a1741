import type { RemoteInfo, Socket } from 'node:dgram';
import { bound, udpSocket, widen } from '../../chaos/relay/socket.ts';
import { monotonic } from '../../core/clock.ts';
import type { RtpSeat } from '../../core/media.ts';
import { audioLevelOf } from '../../generators/participants/packets/extensions.ts';
import { kindOf } from '../../generators/participants/packets/kind.ts';
import { middleOf, shortOf } from '../../generators/participants/packets/ntp.ts';
import { readRtcp, writeRtcp } from '../../generators/participants/packets/rtcp.ts';
import { readRtp } from '../../generators/participants/packets/rtp.ts';
import { readStun, writeStun } from '../../generators/participants/packets/stun.ts';

/** What a fan-out does to what it passes on; changed while it works. */
export interface Harm {
  /** Share of RTP packets that are lost. */
  loss: number;
  /** Milliseconds that RTP is held back, and pictures on top of that. */
  delay: number;
  videoDelay: number;
  /** Nothing is answered or passed on. */
  dead: boolean;
  /** RTP is not passed on, but seats are kept alive. */
  mute: boolean;
  noVideo: boolean;
}

/** A minimal media server: everybody's packets go to everybody else of the meeting, over real UDP. */
export interface FanOut {
  readonly harm: Harm;
  readonly port: number;
  /** Receiver reports it was sent, and the loudest level it heard. */
  readonly heard: { reports: number; byes: number; voices: number };
  seat(meeting: string): RtpSeat;
  close(): void;
}

interface Member {
  readonly meeting: string;
  readonly seat: RtpSeat;
  address: RemoteInfo | undefined;
  lastReport: number;
}

/** Starts one on a free port of loopback. */
export async function fanOut(): Promise<FanOut> {
  const socket = udpSocket('127.0.0.1');
  const port = await bound(socket, 0, '127.0.0.1');
  widen(socket);
  const members = new Map<string, Member>();
  const harm: Harm = { loss: 0, delay: 0, videoDelay: 0, dead: false, mute: false, noVideo: false };
  const heard = { reports: 0, byes: 0, voices: 0 };
  const context: Context = { socket, members, harm, heard, dice: 0.5 };
  socket.on('message', (datagram, from) => receive(context, datagram, from));
  let next = 1;
  return {
    ...{ harm, port, heard },
    seat(meeting) {
      const [number, key] = [next++, `key-${next}`];
      const seat: RtpSeat = { host: '127.0.0.1', port, key, audio: number * 10, video: number * 10 + 1 };
      members.set(key, { meeting, seat, address: undefined, lastReport: 0 });
      return seat;
    },
    close: () => socket.close(),
  };
}

interface Context {
  readonly socket: Socket;
  readonly members: Map<string, Member>;
  readonly harm: Harm;
  readonly heard: FanOut['heard'];
  dice: number;
}

function receive(context: Context, datagram: Buffer, from: RemoteInfo): void {
  const { harm, members } = context;
  if (harm.dead) return;
  const kind = kindOf(datagram);
  if (kind === 'stun') bind(context, datagram, from);
  const sender = [...members.values()].find(({ address }) => address?.port === from.port);
  if (!sender) return;
  if (kind === 'rtcp') reports(context, datagram, sender);
  else if (kind === 'rtp' && !harm.mute) media(context, datagram, sender);
}

function bind({ socket, members }: Context, datagram: Buffer, from: RemoteInfo): void {
  const message = readStun(datagram);
  if (message?.kind !== 'request') return;
  const { transaction } = message;
  const member = members.get(message.username);
  const answer = member
    ? writeStun({ kind: 'success', transaction, mapped: { address: from.address, port: from.port } })
    : writeStun({ kind: 'error', transaction, code: 401, reason: 'unknown key' });
  if (member) member.address = from;
  socket.send(answer, from.port, from.address);
}

function reports({ socket, members, heard }: Context, datagram: Buffer, sender: Member): void {
  for (const packet of readRtcp(datagram)) {
    if (packet.kind === 'bye') {
      heard.byes += 1;
      members.delete(sender.seat.key);
    }
    if (packet.kind !== 'sender-report') continue;
    heard.reports += packet.blocks.length;
    for (const { address } of othersOf(members, sender)) pass(socket, writeRtcp([{ ...packet, blocks: [] }]), address);
    const held = monotonic();
    const block = { fractionLost: 0, lost: 0, highest: 0, jitter: 0, lastReport: middleOf(packet.at) };
    setTimeout(() => {
      const answer = { ...block, ssrc: packet.ssrc, delay: shortOf(monotonic() - held) };
      pass(socket, writeRtcp([{ kind: 'receiver-report', ssrc: 1, blocks: [answer] }]), sender.address);
    }, 20);
  }
}

function media(context: Context, datagram: Buffer, sender: Member): void {
  const { socket, members, harm, heard } = context;
  const packet = readRtp(datagram);
  if (!packet || (packet.ssrc !== sender.seat.audio && packet.ssrc !== sender.seat.video)) return;
  const isVideo = packet.ssrc === sender.seat.video;
  if (isVideo && harm.noVideo) return;
  if (audioLevelOf(datagram, packet)?.voice) heard.voices += 1;
  const delay = harm.delay + (isVideo ? harm.videoDelay : 0);
  for (const { address } of othersOf(members, sender)) {
    // A fixed share, spread evenly: a loss that a test can count on.
    context.dice += harm.loss;
    if (context.dice >= 1) context.dice -= 1;
    else if (delay > 0) setTimeout(() => pass(socket, datagram, address), delay);
    else pass(socket, datagram, address);
  }
}

function othersOf(members: ReadonlyMap<string, Member>, sender: Member): Member[] {
  return [...members.values()].filter((one) => one !== sender && one.meeting === sender.meeting && one.address);
}

function pass(socket: Socket, datagram: Buffer, to: RemoteInfo | undefined): void {
  try {
    if (to) socket.send(datagram, to.port, to.address);
  } catch {
    // The server was closed while something was held back.
  }
}
