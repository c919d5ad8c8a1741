import { Failure } from '../../../core/failure.ts';
import type { Line, PeerMessage } from '../../../core/media.ts';
import { type Field, fieldsOf, messageOf, numberIn, textIn } from './protobuf.ts';

/** What the server says over the signalling that matters here (livekit_rtc.proto, SignalResponse). */
export type SignalResponse =
  | { readonly is: 'join' }
  | { readonly is: 'leave'; readonly reason: DisconnectReason }
  | { readonly is: 'peer'; readonly message: PeerMessage }
  | { readonly is: 'other' };

/** Why the server ends a participation, in the order of livekit_models.proto. */
export const DISCONNECT_REASONS = [
  ...(['unknown reason', 'client initiated', 'duplicate identity', 'server shutdown'] as const),
  ...(['participant removed', 'room deleted', 'state mismatch', 'join failure', 'migration', 'signal close'] as const),
  ...(['room closed', 'user unavailable', 'user rejected', 'SIP trunk failure', 'connection timeout'] as const),
  ...(['media failure', 'agent error'] as const),
] as const;

export type DisconnectReason = (typeof DISCONNECT_REASONS)[number];

/** Numbers of the fields of SignalResponse, and of SignalRequest, which are others. */
const RESPONSE = { join: 1, answer: 2, offer: 3, trickle: 4, leave: 8 } as const;
const REQUEST = { offer: 1, answer: 2, trickle: 3, addTrack: 4, leave: 8 } as const;

/** SignalTarget: which of the two peer connections. */
const LINES: readonly Line[] = ['sending', 'receiving'];

/** Reads a message of the server; throws a Failure when it is none. */
export function readSignal(bytes: Uint8Array): SignalResponse {
  const [message] = fieldsOf(bytes);
  switch (message?.number) {
    case RESPONSE.join:
      return { is: 'join' };
    case RESPONSE.leave:
      return { is: 'leave', reason: DISCONNECT_REASONS[numberIn(within(message), 2)] ?? 'unknown reason' };
    case RESPONSE.answer:
      return { is: 'peer', message: { line: 'sending', is: 'answer', sdp: textIn(within(message), 2) } };
    case RESPONSE.offer: {
      const fields = within(message);
      const id = numberIn(fields, 3);
      return { is: 'peer', message: { line: 'receiving', is: 'offer', sdp: textIn(fields, 2), id } };
    }
    case RESPONSE.trickle:
      return { is: 'peer', message: candidateIn(within(message)) };
    default:
      return { is: 'other' };
  }
}

function within({ value }: Field): readonly Field[] {
  return value instanceof Uint8Array ? fieldsOf(value) : [];
}

/** A candidate is told in the JSON of RTCIceCandidateInit. */
function candidateIn(fields: readonly Field[]): PeerMessage {
  const line = LINES[numberIn(fields, 2)] ?? 'sending';
  const { candidate, sdpMid } = initIn(textIn(fields, 1));
  return { line, is: 'candidate', candidate: wordIn(candidate, ''), mid: wordIn(sdpMid, '0') };
}

/** What should be a text can be anything that JSON has, of which not all can be written as one. */
function wordIn(value: unknown, missing: string): string {
  if (value === undefined || value === null) return missing;
  if (typeof value !== 'string') throw new Failure('protocol', 'a candidate of the target is no text');
  return value;
}

function initIn(text: string): { readonly candidate?: unknown; readonly sdpMid?: unknown } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    throw new Failure('protocol', 'a candidate of the target is no JSON');
  }
}

/** What a participant says of a peer connection; with an offer goes what its tracks are. */
export function writePeerMessage(message: PeerMessage): readonly Uint8Array[] {
  if (message.is === 'candidate') {
    const init = JSON.stringify({ candidate: message.candidate, sdpMid: message.mid });
    return [
      messageOf([
        [
          REQUEST.trickle,
          messageOf([
            [1, init],
            [2, LINES.indexOf(message.line)],
          ]),
        ],
      ]),
    ];
  }
  const { is, sdp, id = 0 } = message;
  const description = messageOf([
    [
      REQUEST[is],
      messageOf([
        [1, is],
        [2, sdp],
        [3, id],
      ]),
    ],
  ]);
  return is === 'offer' ? [...tracksIn(sdp), description] : [description];
}

const AUDIO = { type: 0, source: 2 } as const;
const VIDEO = { type: 1, source: 1 } as const;
const HIGH = 2;

/** Announces the tracks of an offer (AddTrackRequest), by the names that their media sections have. */
function tracksIn(sdp: string): Uint8Array[] {
  return sdp.split(/^(?=m=(?:audio|video))/m).flatMap((section) => {
    const track = /^a=(?:ssrc:\d+ )?msid:\S+ (\S+)/m.exec(section)?.[1];
    if (track === undefined) return [];
    const { type, source } = section.startsWith('m=audio') ? AUDIO : VIDEO;
    const layer = messageOf([
      [1, HIGH],
      [2, 640],
      [3, 360],
      [4, 500_000],
    ]);
    const picture =
      type === VIDEO.type
        ? ([
            [4, 640],
            [5, 360],
            [9, layer],
          ] as const)
        : [];
    // Redundant sound would be what subscribers get instead of the sound itself.
    const sound = type === AUDIO.type ? ([[13, 1]] as const) : [];
    return [
      messageOf([
        [REQUEST.addTrack, messageOf([[1, track], [2, track], [3, type], [8, source], ...picture, ...sound])],
      ]),
    ];
  });
}

/** The last thing a client says (SignalRequest.leave, by its own wish). */
export const FAREWELL: Uint8Array = messageOf([[REQUEST.leave, messageOf([[2, 1]])]]);
