import { Failure } from '../../core/failure.ts';
import type { Negotiation } from '../../core/media.ts';
import type { Participation } from '../../core/target.ts';
import type { Socket, Transport } from '../../core/transport.ts';
import { dismissal } from './judge.ts';
import { FAREWELL, readSignal, type SignalResponse, writePeerMessage } from './wire/signal.ts';

/** The version of the signalling that is spoken here. */
const PROTOCOL = 15;
/** A server lets somebody in with what it says first; whoever talks on without it does not let them in. */
const MOST_BEFORE = 1_000;

/** Joins the room that a token is for; done when the server has sent its JoinResponse. */
export async function joined(
  io: Transport,
  base: string,
  token: string,
  hosts: readonly string[],
): Promise<Participation> {
  const query = `access_token=${token}&auto_subscribe=1&sdk=js&version=2.15.0&protocol=${PROTOCOL}`;
  const socket = await io.binary(`${base.replace(/^http/, 'ws')}/rtc?${query}`);
  try {
    await letIn(socket);
  } catch (thrown) {
    socket.close();
    throw thrown;
  }
  return {
    media: { negotiation: negotiationBy(socket), hosts },
    follow(heard) {
      const lost = (says: string) => heard({ is: 'lost', says });
      following(
        socket,
        (said) => {
          if (said.is === 'leave') lost(dismissal(said.reason).message);
        },
        lost,
      );
    },
    async leave() {
      try {
        socket.send(FAREWELL);
      } catch (thrown) {
        // Who goes is gone, though the server may have closed the socket before.
        if (!(thrown instanceof Failure)) throw thrown;
      } finally {
        socket.close();
      }
    },
  };
}

async function letIn(socket: Socket<Uint8Array>): Promise<void> {
  for (let heard = 0; heard < MOST_BEFORE; heard += 1) {
    const said = readSignal(await socket.next());
    if (said.is === 'join') return;
    if (said.is === 'leave') throw dismissal(said.reason);
  }
  throw new Failure('protocol', 'the server says everything but who is let in');
}

/** Hears what the server says, and why it does not any more; what cannot be understood is as good as that. */
function following(
  socket: Socket<Uint8Array>,
  heard: (said: SignalResponse) => void,
  ended: (why: string) => void,
): void {
  socket.follow((message) => {
    try {
      heard(readSignal(message));
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown;
      ended(thrown.message);
    }
  }, ended);
}

/** Media are agreed on over the same socket. */
function negotiationBy(socket: Socket<Uint8Array>): Negotiation {
  return {
    say(message) {
      for (const part of writePeerMessage(message)) socket.send(part);
    },
    hear(listener) {
      following(
        socket,
        (said) => {
          if (said.is === 'peer') listener(said.message);
        },
        // Whoever follows the seat hears of that.
        () => {},
      );
    },
  };
}
