import { Failure } from '../../core/failure.ts';
import { isMapping } from '../../core/mapping.ts';
import type { Meeting } from '../../core/target.ts';
import type { Transport } from '../../core/transport.ts';
import { judged } from './judge.ts';

/** LiveKit's service of rooms (Twirp, in JSON). */
export interface RoomService {
  create(token: string, wish: { readonly name: string; readonly metadata: string }): Promise<Meeting>;
  /** The room of a name, or undefined when there is none. */
  find(token: string, name: string): Promise<Meeting | undefined>;
}

/**
 * Rooms stay for so long without anybody in them, in seconds, where the server's own default would have them closed
 * soon after the last one has left: what was acknowledged is looked for when the run is over.
 */
const KEPT = 3_600;

/** Speaks to the rooms of the server at a base address. */
export function roomService(io: Transport, base: string): RoomService {
  const call = async (method: string, token: string, body: object): Promise<unknown> => {
    const label = `RoomService.${method}`;
    const answer = await io.http({
      method: 'POST',
      url: `${base}/twirp/livekit.RoomService/${method}`,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    try {
      return JSON.parse(judged(answer, label).body);
    } catch (thrown) {
      throw thrown instanceof Failure ? thrown : new Failure('protocol', `${label}: the answer is no JSON`);
    }
  };
  return {
    async create(token, wish) {
      return roomIn(await call('CreateRoom', token, { ...wish, empty_timeout: KEPT, departure_timeout: KEPT }));
    },
    async find(token, name) {
      const found = await call('ListRooms', token, { names: [name] });
      const rooms = isMapping(found) ? (found.rooms ?? []) : undefined;
      if (!Array.isArray(rooms)) throw new Failure('protocol', 'RoomService.ListRooms: the answer is no list of rooms');
      return rooms.length === 0 ? undefined : roomIn(rooms[0]);
    },
  };
}

/** Field names are those of the protocol, or what JSON makes of them. */
function roomIn(room: unknown): Meeting {
  const { name, num_participants, numParticipants = num_participants } = isMapping(room) ? room : {};
  if (typeof name !== 'string') throw new Failure('protocol', 'RoomService: a room without a name');
  return typeof numParticipants === 'number' ? { id: name, participants: numParticipants } : { id: name };
}
