import { Failure } from '../../core/failure.ts';

/** What a Janus server says, as far as it matters here. */
export interface Told {
  /** What kind of message it is: success, ack, event, error, trickle, hangup, timeout … */
  readonly janus: string;
  /** What it is the answer to. */
  readonly transaction: string | undefined;
  /** The handle that it is about. */
  readonly sender: number | undefined;
  /** The session or handle that was made. */
  readonly made: number | undefined;
  /** What the plugin says. */
  readonly data: Mapping;
  readonly jsep: Description | undefined;
  /** By the numbers of `apierror.h`, for what the server itself refuses. */
  readonly error: number | undefined;
  /** A candidate of the server, where it tells them one by one; empty for the end of them. */
  readonly candidate: { readonly candidate: string; readonly mid: string } | undefined;
}

export type Mapping = Readonly<Record<string, unknown>>;

export interface Description {
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
}

/** Reads a message of the server; throws a Failure of kind `protocol` when it is none. */
export function readTold(text: string): Told {
  const message = mappingIn(parsed(text));
  const { janus, transaction, sender } = message;
  if (typeof janus !== 'string') throw new Failure('protocol', 'Janus: a message that says nothing of what it is');
  return {
    janus,
    transaction: typeof transaction === 'string' ? transaction : undefined,
    sender: numberIn(sender),
    made: numberIn(mappingIn(message.data).id),
    data: mappingIn(mappingIn(message.plugindata).data),
    jsep: descriptionIn(message.jsep),
    error: janus === 'error' ? (numberIn(mappingIn(message.error).code) ?? 0) : undefined,
    candidate: candidateIn(message.candidate),
  };
}

/** An object of JSON; anything else is an empty one. */
function mappingIn(value: unknown): Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Mapping) : {};
}

/** The objects of a list of JSON; anything else is an empty one. */
export function mappingsIn(value: unknown): readonly Mapping[] {
  return Array.isArray(value) ? value.map(mappingIn) : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What came is not repeated: it may hold anything.
    throw new Failure('protocol', 'Janus: a message that is no JSON');
  }
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function descriptionIn(value: unknown): Description | undefined {
  const { type, sdp } = mappingIn(value);
  return (type === 'offer' || type === 'answer') && typeof sdp === 'string' ? { type, sdp } : undefined;
}

function candidateIn(value: unknown): Told['candidate'] {
  const { candidate, sdpMid } = mappingIn(value);
  return typeof candidate === 'string' ? { candidate, mid: String(sdpMid ?? '0') } : undefined;
}
