import { type Field, fieldsOf, messageOf, numberIn } from './protobuf.ts';

/** What the server says over the signalling that matters here (livekit_rtc.proto, SignalResponse). */
export type SignalResponse =
  | { readonly is: 'join' }
  | { readonly is: 'leave'; readonly reason: DisconnectReason }
  | { readonly is: 'other' };

/** Why the server ends a participation, in the order of livekit_models.proto. */
export const DISCONNECT_REASONS = [
  ...(['unknown reason', 'client initiated', 'duplicate identity', 'server shutdown'] as const),
  ...(['participant removed', 'room deleted', 'state mismatch', 'join failure', 'migration', 'signal close'] as const),
  ...(['room closed', 'user unavailable', 'user rejected', 'SIP trunk failure', 'connection timeout'] as const),
  ...(['media failure', 'agent error'] as const),
] as const;

export type DisconnectReason = (typeof DISCONNECT_REASONS)[number];

const JOIN = 1;
const LEAVE = 8;

/** Reads a message of the server; throws a Failure when it is none. */
export function readSignal(bytes: Uint8Array): SignalResponse {
  const [message] = fieldsOf(bytes);
  if (message?.number === JOIN) return { is: 'join' };
  if (message?.number === LEAVE) return { is: 'leave', reason: reasonIn(message) };
  return { is: 'other' };
}

function reasonIn({ value }: Field): DisconnectReason {
  const reason = value instanceof Uint8Array ? numberIn(fieldsOf(value), 2) : 0;
  return DISCONNECT_REASONS[reason] ?? 'unknown reason';
}

/** The last thing a client says (SignalRequest.leave, by its own wish). */
export const FAREWELL: Uint8Array = messageOf([[LEAVE, messageOf([[2, 1]])]]);
