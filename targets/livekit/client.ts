import type { Person } from '../../core/person.ts';
import type { Client } from '../../core/target.ts';
import type { Transport } from '../../core/transport.ts';
import { judged } from './judge.ts';
import { joined } from './participation.ts';
import { roomService } from './rooms.ts';
import type { Grant, Signer } from './token.ts';

/** What all clients of a server share: where it is, and who signs for whom. */
export interface Server {
  readonly base: string;
  /** Where media may go, by the declaration. */
  readonly hosts: readonly string[];
  readonly signer: Signer;
  /** Signs as somebody who does not know the secret. */
  readonly forger: Signer;
}

/** The room that people show their token for when they sign in, and that nobody is in. */
const DOOR = 'stormtest-door';

/** One virtual user's view of a LiveKit server. It has no accounts: who has a token that it accepts is signed in. */
export function clientOf(io: Transport, person: Person, server: Server): Client {
  const { base, hosts } = server;
  const rooms = roomService(io, base);
  const sign = person.impostor ? server.forger : server.signer;
  const token = (grant: Grant, identity = person.email) => sign(identity, person.name, grant);
  return {
    async login() {
      const shown = await token({ roomJoin: true, room: DOOR });
      judged(await io.http({ method: 'GET', url: `${base}/rtc/validate?access_token=${shown}` }), '/rtc/validate');
    },
    async createMeeting({ name, key }) {
      return rooms.create(await token({ roomCreate: true }), { name: key, metadata: name });
    },
    async findMeeting(id) {
      return rooms.find(await token({ roomList: true }), id);
    },
    async countMeetings({ key }) {
      return (await rooms.find(await token({ roomList: true }), key)) ? 1 : 0;
    },
    async join({ id }) {
      return joined(io, base, await token({ roomJoin: true, room: id }, apart(person)), hosts);
    },
    elsewhere: (other) => clientOf(other, person, server),
  };
}

/** Of two participants of one identity the server throws one out, and a person may be on several visits at once. */
function apart({ email }: Person): string {
  return `${email}/${Math.random().toString(36).slice(2, 12)}`;
}
