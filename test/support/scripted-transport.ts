import { Failure } from '../../core/failure.ts';
import type { Answer, HttpRequest, Socket, Transport, WebSocketOptions } from '../../core/transport.ts';

export interface ScriptedAnswer {
  readonly status?: number;
  readonly body?: string;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

/** A Transport in memory: what it is asked goes on a list, what it answers comes from a function. */
export interface ScriptedTransport extends Transport {
  readonly requests: HttpRequest[];
  readonly opened: { readonly url: string; readonly options: WebSocketOptions }[];
  readonly sent: string[];
  closed: number;
  /** Ends the socket that is followed, from the target's side. */
  end(): void;
}

/** Answers requests in the order of the list, the last one again and again; sockets say these messages, then close. */
export function scriptedTransport(
  answers: readonly ScriptedAnswer[],
  messages: readonly string[] = [],
): ScriptedTransport {
  const rest = [...answers];
  const said = [...messages];
  const transport: ScriptedTransport = {
    requests: [],
    opened: [],
    sent: [],
    closed: 0,
    end: () => {},
    async http(request) {
      transport.requests.push(request);
      const next = rest.length > 1 ? rest.shift() : rest[0];
      return answerOf(next ?? {});
    },
    async websocket(url, options = {}) {
      transport.opened.push({ url, options });
      return socketOf(transport, said);
    },
    async binary() {
      throw new Error('nobody speaks bytes here');
    },
  };
  return transport;
}

/** An Answer of what a test says of it. */
export function answerOf({ status = 200, body, json, headers = {} }: ScriptedAnswer): Answer {
  return {
    status,
    body: body ?? (json === undefined ? '' : JSON.stringify(json)),
    header: (name) => [headers[name] ?? []].flat(),
  };
}

function socketOf(transport: ScriptedTransport, said: string[]): Socket {
  return {
    send: (text) => void transport.sent.push(text),
    async next() {
      const message = said.shift();
      if (message === undefined) throw new Failure('reset', 'WebSocket: closed by the target (1006)');
      return message;
    },
    ignore: () => {},
    follow(heard, ended) {
      for (const message of said.splice(0)) heard(message);
      transport.end = () => ended('WebSocket: closed by the target (1006)');
    },
    close: () => {
      transport.closed += 1;
    },
  };
}
