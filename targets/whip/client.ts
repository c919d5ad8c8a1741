import type { Client, Participation } from '../../core/target.ts';
import type { Transport } from '../../core/transport.ts';
import { filled } from './addresses.ts';
import type { WhipDeclaration } from './declaration.ts';
import { type Places, sessionsAt } from './negotiation.ts';

/** What all clients of a server share. */
export interface Server {
  readonly declaration: WhipDeclaration;
  /** Where requests and media may go. */
  readonly hosts: readonly string[];
}

/**
 * One virtual user's view of a server of WHIP and WHEP. It knows neither accounts nor meetings: whoever has its token names a
 * stream, and that is all there is to joining before media are offered.
 */
export function clientOf(io: Transport, server: Server): Client {
  const { declaration, hosts } = server;
  const { token, candidates } = declaration;
  return {
    async join({ id }, _, place = declaration.publishers): Promise<Participation> {
      const places = placesOf(declaration, id, place);
      const { negotiation, onEnd, end } = sessionsAt(places, { io, hosts, token });
      const asks = { sends: places.publish !== undefined, receives: places.views.length, candidates };
      return {
        media: { negotiation, hosts, asks },
        follow: (heard) => onEnd((says) => heard({ is: 'lost', says })),
        leave: end,
      };
    },
    elsewhere: (other) => clientOf(other, server),
  };
}

/** The first of a meeting send, and everybody views all the others who do. */
function placesOf({ publish, view, publishers }: WhipDeclaration, meeting: string, place: number): Places {
  const person = place + 1;
  const sends = place < publishers;
  const others = Array.from({ length: publishers }, (_, other) => other + 1).filter((other) => other !== person);
  // Who alone is to be seen would see themselves.
  const whole = sends && publishers === 1 ? [] : [filled(view, { meeting, person })];
  return {
    publish: sends ? filled(publish, { meeting, person }) : undefined,
    views: view.includes('{person}') ? others.map((other) => filled(view, { meeting, person: other })) : whole,
  };
}
