import type { Person } from '../../core/person.ts';
import type { Client } from '../../core/target.ts';
import type { Transport } from '../../core/transport.ts';
import { hostsOf } from '../http/hosts.ts';
import type { JanusDeclaration } from './declaration.ts';
import { roomsOf } from './rooms.ts';
import { seated } from './seat.ts';
import { openSession } from './session.ts';

/** One virtual user's view of a Janus server. It has no accounts: whoever may open a session is signed in. */
export function clientOf(io: Transport, person: Person, declaration: JanusDeclaration): Client {
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
    join: (meeting) => seated(io, person, meeting, shown, hostsOf(declaration)),
    elsewhere: (other) => clientOf(other, person, declaration),
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
