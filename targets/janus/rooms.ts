import { Failure } from '../../core/failure.ts';
import type { Meeting, MeetingWish } from '../../core/target.ts';
import type { Transport } from '../../core/transport.ts';
import type { JanusDeclaration } from './declaration.ts';
import { MIX_ERROR, Refusal, ROOM_ERROR } from './refusal.ts';
import { attached, openSession } from './session.ts';
import type { Mapping } from './told.ts';

/** What a room is called by in requests. */
export type RoomId = number | string;

/** The rooms of a Janus server, each looked after in a session of its own. */
export interface Rooms {
  create(wish: Pick<MeetingWish, 'name' | 'key'>): Promise<Meeting>;
  find(id: string): Promise<Meeting | undefined>;
  /** What the meeting of a wish is called. */
  idOf(key: string): Promise<string>;
}

/** Speaks to the rooms of a server. */
export function roomsOf(io: Transport, declaration: JanusDeclaration): Rooms {
  const { ids, publishers, plugin, roomKey } = declaration;
  const errors = plugin === 'videoroom' ? ROOM_ERROR : MIX_ERROR;
  const ask = async (what: string, body: object): Promise<Mapping> => {
    const session = await openSession(io, declaration);
    try {
      const handle = await attached(session, plugin);
      return (await session.ask(what, { janus: 'message', handle_id: handle, body })).data;
    } finally {
      session.end();
    }
  };
  const idOf: Rooms['idOf'] = async (key) => (ids === 'strings' ? key : String(await numberOf(key)));
  return {
    idOf,
    async create({ name, key }) {
      const id = await idOf(key);
      const size = plugin === 'videoroom' ? { publishers } : {};
      const room = { room: roomOf(id, declaration), description: name, permanent: false, ...size };
      try {
        await ask('creating a room', {
          request: 'create',
          ...room,
          ...(roomKey !== undefined && { admin_key: roomKey }),
        });
      } catch (thrown) {
        // A wish is one room, however often it is tried.
        if (!isRefusal(thrown, errors.roomExists)) throw thrown;
      }
      return { id };
    },
    async find(id) {
      try {
        const found = await ask('looking for a room', { request: 'listparticipants', room: roomOf(id, declaration) });
        if (!Array.isArray(found.participants)) throw new Failure('protocol', 'Janus: a room without participants');
        return { id, participants: found.participants.length };
      } catch (thrown) {
        if (isRefusal(thrown, errors.noSuchRoom)) return undefined;
        throw thrown;
      }
    },
  };
}

/** How a meeting is named in requests. */
export function roomOf(id: string, { ids }: JanusDeclaration): RoomId {
  return ids === 'strings' ? id : Number(id);
}

function isRefusal(thrown: unknown, code: number): boolean {
  return thrown instanceof Refusal && thrown.code === code;
}

/** A number for a key: 48 bits of its digest, which is unlike that of any other wish of a run, and no number of few digits. */
async function numberOf(key: string): Promise<number> {
  const digest = new DataView(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key)));
  return 2 ** 48 + digest.getUint32(0) * 2 ** 16 + digest.getUint16(4);
}
