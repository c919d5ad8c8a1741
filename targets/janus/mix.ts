import type { Failure } from '../../core/failure.ts';
import type { Asks, HeardMessage, Negotiation } from '../../core/media.ts';
import type { Conversation } from './conversation.ts';
import { refusalIn } from './refusal.ts';

/** One connection both ways: what everybody else says comes back on it, mixed into one stream. */
export const MIX: Asks = { sends: true, receives: 0, isMixed: true, candidates: 'trickled' };

/** Agrees on the sound of somebody who is in a room of the plugin AudioBridge. */
export function mixAt({
  conversation,
  handle,
}: {
  readonly conversation: Conversation;
  readonly handle: number;
}): Negotiation {
  let listener: (message: HeardMessage) => void = () => {};
  let refused: (failure: Failure) => void = () => {};
  conversation.listen(({ sender, candidate }) => {
    if (sender === handle && candidate) listener({ line: 'sending', is: 'candidate', ...candidate });
  });
  return {
    say(message) {
      if (message.is === 'candidate' && message.candidate !== '') {
        const candidate = { candidate: message.candidate, sdpMid: message.mid };
        conversation.tell({ janus: 'trickle', handle_id: handle, candidate });
      }
      if (message.is !== 'offer') return;
      const body = { request: 'configure', muted: false };
      const jsep = { type: 'offer', sdp: message.sdp };
      conversation.tell({ janus: 'message', handle_id: handle, body, jsep }, (told) => {
        const refusal = refusalIn('being mixed', told);
        if (refusal) {
          refused(refusal);
          conversation.end(refusal.message);
        } else if (told.jsep) listener({ line: 'sending', is: 'answer', sdp: told.jsep.sdp });
      });
    },
    hear(heard, told) {
      listener = heard;
      refused = told;
    },
  };
}
