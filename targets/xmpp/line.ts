import { Failure } from '../../core/failure.ts';
import type { Socket } from '../../core/transport.ts';
import { streamFailure } from './failures.ts';
import { element } from './markup.ts';
import { NS } from './namespaces.ts';
import { childOf, parseStanza, type Stanza } from './stanza.ts';

/** An open WebSocket that carries XML elements. */
export interface Line {
  send(markup: string): void;
  /** The next element in order of arrival; throws a Failure when the server ends the stream. */
  next(): Promise<Stanza>;
  /** Drops what comes until the next element is asked for. */
  rest(): void;
  close(): void;
}

/** Speaks XMPP's framing over a socket (RFC 7395); what the server asks meanwhile is answered. */
export function lineOver(socket: Socket): Line {
  return {
    send: (markup) => socket.send(markup),
    async next() {
      for (;;) {
        const stanza = parseStanza(await socket.next());
        const { name, namespace } = stanza;
        if (namespace === NS.streams && name === 'error') throw streamFailure(stanza);
        if (namespace === NS.framing && name === 'close')
          throw new Failure('reset', 'XMPP: the server has closed the stream');
        const reply = replyTo(stanza);
        if (reply === undefined) return stanza;
        socket.send(reply);
      }
    },
    rest: () => socket.ignore(),
    close() {
      try {
        socket.send(element('close', { xmlns: NS.framing }));
      } catch (thrown) {
        // Who goes is gone, whatever has become of the server.
        if (!(thrown instanceof Failure)) throw thrown;
      }
      socket.close();
    },
  };
}

/** Every question has to be answered (RFC 6120, 8.2.3): a ping with what it asks for (XEP-0199), others with a no. */
function replyTo(stanza: Stanza): string | undefined {
  const { id, from, type } = stanza.attributes;
  if (stanza.name !== 'iq' || (type !== 'get' && type !== 'set')) return undefined;
  const back = { xmlns: NS.client, id, to: from };
  if (childOf(stanza, 'ping', NS.ping)) return element('iq', { ...back, type: 'result' });
  const no = element('service-unavailable', { xmlns: NS.stanzas });
  return element('iq', { ...back, type: 'error' }, element('error', { type: 'cancel' }, no));
}
