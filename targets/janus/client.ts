import type { Person } from '../../core/person.ts';
import type { Client } from '../../core/target.ts';
import type { Transport } from '../../core/transport.ts';
import type { JanusDeclaration } from './declaration.ts';
import { roomsOf } from './rooms.ts';
import { seated } from './seat.ts';
import { openSession } from './session.ts';

/** What all clients of a server share. */
export interface Server {
  readonly declaration: JanusDeclaration;
  /** Where media may go. */
  readonly hosts: readonly string[];
}

/** One virtual user's view of a Janus server. It has no accounts: whoever may open a session is signed in. */
export function clientOf(io: Transport, person: Person, server: Server): Client {
  const { declaration, hosts } = server;
  const shown = person.impostor ? forged(declaration) : declaration;
  const rooms = roomsOf(io, shown);
  return {
    async login() {
      const session = await openSession(io, shown);
      session.end();
    },
    createMeeting: (wish) => rooms.create(wish),
    findMeeting: (id) => rooms.find(id),
    async countMeetings({ key }) {
      return (await rooms.find(await rooms.idOf(key))) ? 1 : 0;
    },
    join: (meeting) => seated(io, person, meeting, shown, hosts),
    elsewhere: (other) => clientOf(other, person, server),
  };
}

/** What somebody shows who knows neither secret nor token. */
function forged({ secret, token, ...declaration }: JanusDeclaration): JanusDeclaration {
  return {
    ...declaration,
    ...(secret !== undefined && { secret: `not ${secret}` }),
    ...(token !== undefined && { token: `not ${token}` }),
  };
}
