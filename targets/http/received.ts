/** Text that came from the target. It is parsed at most once, and only when somebody asks for its JSON. */
export interface Received {
  readonly text: string;
  json: unknown;
}

/** What is not JSON; equal to nothing, and without fields. */
const NOT_JSON: unique symbol = Symbol('not JSON');
const UNREAD: unique symbol = Symbol('unread');

export function receivedText(text: string): Received {
  return { text, json: UNREAD };
}

/** The JSON of a text, or a symbol when it is none. */
export function jsonOf(received: Received): unknown {
  if (received.json === UNREAD) received.json = parsed(received.text);
  return received.json;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}
