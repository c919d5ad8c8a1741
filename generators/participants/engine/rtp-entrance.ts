import type { RtpSeat } from '../../../core/media.ts';
import type { Reach } from '../../transports/wire.ts';
import type { Entrance } from './member.ts';
import { Participant } from './participant.ts';
import { mediaSockets } from './socket.ts';

/** Lets people in who speak plain RTP, each with a socket of their own. */
export function rtpEntrance(reach: Reach): Entrance<RtpSeat> {
  const open = mediaSockets(reach);
  const partners = new Map<number, number>();
  return async (seat, welcome) => {
    const socket = await open(seat.host, seat.port);
    const performer = welcome.performer(seat.audio, seat.video);
    const participant = new Participant({ ...welcome, seat, socket, performer, partners });
    socket.on('error', () => participant.refused());
    return participant;
  };
}
