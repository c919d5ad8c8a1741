import { Failure } from '../../core/failure.ts';
import type { Person } from '../../core/person.ts';
import type { Meeting, Participation } from '../../core/target.ts';
import type { Transport } from '../../core/transport.ts';
import { conversationIn } from './conversation.ts';
import type { JanusDeclaration } from './declaration.ts';
import { MIX, mixAt } from './mix.ts';
import { negotiationAt } from './negotiation.ts';
import { roomOf } from './rooms.ts';
import { attached, openSession } from './session.ts';
import type { Told } from './told.ts';

/** Joins a room as somebody who may send, or be heard in the mix; done when the server has let them in. */
export async function seated(
  io: Transport,
  { name }: Person,
  { id }: Pick<Meeting, 'id'>,
  declaration: JanusDeclaration,
  hosts: readonly string[],
): Promise<Participation> {
  const session = await openSession(io, declaration);
  io.accepted?.();
  try {
    const { plugin } = declaration;
    const [handle, room] = [await attached(session, plugin), roomOf(id, declaration)];
    const body = { request: 'join', ...(plugin === 'videoroom' && { ptype: 'publisher' }), room, display: name };
    const { data } = await session.ask('joining', { janus: 'message', handle_id: handle, body });
    if (data[plugin] !== 'joined') throw new Failure('protocol', 'Janus: joining: an answer that does not say so');
    const conversation = conversationIn(session);
    conversation.listen((told) => {
      const why = endIn(told);
      if (why !== undefined) conversation.end(why);
    });
    return {
      media:
        plugin === 'videoroom'
          ? { negotiation: negotiationAt({ conversation, handle, room, joined: data }), hosts }
          : { negotiation: mixAt({ conversation, handle }), hosts, asks: MIX },
      follow: (heard) => conversation.onEnd((says) => heard({ is: 'lost', says })),
      async leave() {
        session.end();
      },
    };
  } catch (thrown) {
    session.end();
    throw thrown;
  }
}

/** Why somebody is not in the room any more, by what the server says; what it writes itself may be anything, and is left out. */
function endIn({ janus, data }: Told): string | undefined {
  if (janus === 'timeout') return 'the server ends it: the session has timed out';
  if (janus === 'hangup') return 'the server has hung up';
  if (janus === 'detached') return 'the server ends it: the handle is gone';
  if (data.videoroom === 'destroyed' || data.audiobridge === 'destroyed')
    return 'the server ends it: the room was closed';
  if (data.leaving === 'ok') return 'the server ends it: put out of the room';
  return undefined;
}
