import type { Failure } from '../../core/failure.ts';
import type { Negotiation, PeerMessage } from '../../core/media.ts';
import type { Conversation } from './conversation.ts';
import { goneIn, publishersIn } from './publishers.ts';
import { refusalIn } from './refusal.ts';
import type { RoomId } from './rooms.ts';
import { subscriptionIn } from './subscription.ts';
import type { Mapping, Told } from './told.ts';

/** Somebody in a room, of whose media nothing is agreed on yet. */
interface Joined {
  readonly conversation: Conversation;
  /** The handle by which they are in the room, and send. */
  readonly handle: number;
  readonly room: RoomId;
  /** What the server said when they came. */
  readonly joined: Mapping;
}

/** Agrees on media over the session: sends by the handle that is in the room, and receives by another one. */
export function negotiationAt({ conversation, handle, room, joined }: Joined): Negotiation {
  let listener: (message: PeerMessage) => void = () => {};
  let refused: (failure: Failure) => void = () => {};
  const failed = (failure: Failure) => {
    refused(failure);
    conversation.end(failure.message);
  };
  const subscription = subscriptionIn({ room, privateId: joined.private_id, tell: conversation.tell, failed });
  subscription.want(publishersIn(joined));
  conversation.listen((told) => {
    if (told.sender === undefined) return;
    if (told.sender === subscription.handle) {
      if (told.jsep) listener({ line: 'receiving', is: 'offer', sdp: told.jsep.sdp });
      else trickled(told, 'receiving', listener);
    } else if (told.sender === handle) {
      trickled(told, 'sending', listener);
      subscription.want(publishersIn(told.data));
      const gone = goneIn(told.data);
      if (gone !== undefined) subscription.gone(gone);
    }
  });
  const offer = (sdp: string) => {
    const jsep = { type: 'offer', sdp };
    conversation.tell({ janus: 'message', handle_id: handle, body: { request: 'publish' }, jsep }, (told) => {
      const refusal = refusalIn('sending', told);
      if (refusal) failed(refusal);
      else if (told.jsep) listener({ line: 'sending', is: 'answer', sdp: told.jsep.sdp });
    });
  };
  const trickle = ({ line, candidate, mid }: Extract<PeerMessage, { is: 'candidate' }>) => {
    const of = line === 'sending' ? handle : subscription.handle;
    if (of !== undefined) conversation.tell({ janus: 'trickle', handle_id: of, candidate: { candidate, sdpMid: mid } });
  };
  return {
    say(message) {
      if (message.is === 'candidate') trickle(message);
      else if (message.is === 'offer') offer(message.sdp);
      else subscription.answer(message.sdp);
    },
    hear(heard, told) {
      listener = heard;
      refused = told;
      subscription.begin();
    },
  };
}

/** A server that trickles tells its candidates one by one, and the others have them in their descriptions. */
function trickled({ candidate }: Told, line: PeerMessage['line'], listener: (message: PeerMessage) => void): void {
  if (candidate) listener({ line, is: 'candidate', ...candidate });
}
