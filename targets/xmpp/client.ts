import { Failure } from '../../core/failure.ts';
import type { Person } from '../../core/person.ts';
import type { Client, Participation } from '../../core/target.ts';
import type { Transport } from '../../core/transport.ts';
import type { XmppDeclaration } from './declaration.ts';
import { Refusal } from './failures.ts';
import { enter, leave, roomFor, say } from './room.ts';
import type { KeysOf } from './scram.ts';
import { openStream, type Stream } from './stream.ts';

/**
 * One virtual user's view of an XMPP server. A visit has a stream of its own, as a tab of a browser has: it is opened by
 * login, or with the first thing that needs it. A stream that has failed, or that somebody gave up waiting on, is closed,
 * and the next attempt opens another.
 */
export function clientOf(io: Transport, person: Person, declaration: XmppDeclaration, keysOf: KeysOf): Client {
  let open: Stream | undefined;
  const hangUp = () => {
    open?.close();
    open = undefined;
  };
  const online = async <T>(work: (stream: Stream) => Promise<T>): Promise<T> => {
    try {
      open ??= await openStream(io, { declaration, person, keysOf });
      const done = await work(open);
      open.rest();
      return done;
    } catch (thrown) {
      if (thrown instanceof Refusal) open?.rest();
      else hangUp();
      throw thrown;
    }
  };
  return {
    async login() {
      hangUp();
      await online(async () => {});
    },
    async createMeeting(wish) {
      const room = roomFor(wish, declaration.rooms);
      await online((stream) => enter(stream, room));
      return { id: room };
    },
    async join({ id: room }) {
      await online((stream) => enter(stream, room));
      return seatIn(room, online, () => open);
    },
    elsewhere: (other) => clientOf(other, person, declaration, keysOf),
    goodbye: hangUp,
  };
}

type Online = <T>(work: (stream: Stream) => Promise<T>) => Promise<T>;

function seatIn(room: string, online: Online, current: () => Stream | undefined): Participation {
  const seated = current();
  return {
    async chat(text) {
      await online(async (stream) => {
        // The seat went with its stream.
        if (stream !== seated) await enter(stream, room);
        await say(stream, room, messageId(), text);
      });
    },
    async leave() {
      const stream = current();
      if (!stream || stream !== seated) return;
      try {
        leave(stream, room);
      } catch (thrown) {
        // Who goes is gone, though the server may have closed the stream before.
        if (!(thrown instanceof Failure)) throw thrown;
      }
    },
  };
}

/** Not drawn from the seed: a server may remember the identifiers of an earlier run, and drop what repeats them. */
function messageId(): string {
  return crypto.randomUUID();
}
