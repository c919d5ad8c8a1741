import { Failure } from '../../core/failure.ts';
import type { Participation } from '../../core/target.ts';
import type { Socket, Transport } from '../../core/transport.ts';
import { dismissal } from './judge.ts';
import { FAREWELL, readSignal } from './wire/signal.ts';

/** The version of the signalling that is spoken here. */
const PROTOCOL = 15;

/** Joins the room that a token is for; done when the server has sent its JoinResponse. */
export async function joined(io: Transport, base: string, token: string): Promise<Participation> {
  const query = `access_token=${token}&auto_subscribe=1&sdk=js&version=2.15.0&protocol=${PROTOCOL}`;
  const socket = await io.binary(`${base.replace(/^http/, 'ws')}/rtc?${query}`);
  try {
    await letIn(socket);
  } catch (thrown) {
    socket.close();
    throw thrown;
  }
  return {
    follow(heard) {
      socket.follow(
        (message) => {
          const said = readSignal(message);
          if (said.is === 'leave') heard({ is: 'lost', says: dismissal(said.reason).message });
        },
        (why) => heard({ is: 'lost', says: why }),
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
  for (;;) {
    const said = readSignal(await socket.next());
    if (said.is === 'join') return;
    if (said.is === 'leave') throw dismissal(said.reason);
  }
}
