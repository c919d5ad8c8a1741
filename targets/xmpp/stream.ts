import { Failure } from '../../core/failure.ts';
import type { Transport } from '../../core/transport.ts';
import type { XmppDeclaration } from './declaration.ts';
import { stanzaFailure } from './failures.ts';
import { type Line, lineOver } from './line.ts';
import { element } from './markup.ts';
import { NS } from './namespaces.ts';
import { authenticate, type Credentials } from './sasl.ts';
import { childOf, type Stanza } from './stanza.ts';

/** A person who is signed in: their stream, and the address that the server has given it. */
export interface Stream extends Line {
  /** `user@domain/resource` */
  readonly address: string;
  /** Asks something and waits for the answer to it; throws a Refusal when that is no. */
  ask(what: string, question: Question): Promise<Stanza>;
}

interface Question {
  readonly type: 'get' | 'set';
  readonly to?: string;
  /** Markup. */
  readonly content: string;
}

interface StreamCredentials extends Credentials {
  readonly declaration: XmppDeclaration;
}

/** Opens a WebSocket, signs the person in and binds a resource; what fails on the way leaves nothing open. */
export async function openStream(io: Transport, credentials: StreamCredentials): Promise<Stream> {
  const { websocket, domain } = credentials.declaration;
  const line = lineOver(await io.websocket(websocket, { protocols: ['xmpp'] }));
  try {
    await authenticate(line, await begun(line, domain), credentials);
    const features = await begun(line, domain);
    const ask = asker(line);
    const address = await bound(ask);
    const session = childOf(features, 'session', NS.session);
    // Obsolete since RFC 6121, and optional wherever it is still offered but in old servers.
    if (session && !childOf(session, 'optional'))
      await ask('beginning a session', { type: 'set', content: element('session', { xmlns: NS.session }) });
    return { ...line, address, ask };
  } catch (thrown) {
    line.close();
    throw thrown;
  }
}

/** Begins the stream, again after signing in, and gives what the server offers in it. */
async function begun(line: Line, to: string): Promise<Stanza> {
  line.send(element('open', { xmlns: NS.framing, to, version: '1.0' }));
  const open = await line.next();
  if (open.namespace !== NS.framing || open.name !== 'open') throw astray('an answer to the opening');
  const features = await line.next();
  if (features.namespace !== NS.streams || features.name !== 'features') throw astray('the features of the stream');
  return features;
}

async function bound(ask: Stream['ask']): Promise<string> {
  const answer = await ask('binding', { type: 'set', content: element('bind', { xmlns: NS.bind }) });
  const bind = childOf(answer, 'bind', NS.bind);
  const address = bind && childOf(bind, 'jid')?.text;
  if (!address?.includes('/')) throw astray('an address');
  return address;
}

function asker(line: Line): Stream['ask'] {
  let asked = 0;
  return async (what, { type, to, content }) => {
    asked += 1;
    const id = `ask-${asked}`;
    line.send(element('iq', { xmlns: NS.client, type, id, to }, content));
    for (;;) {
      const stanza = await line.next();
      if (stanza.name !== 'iq' || stanza.attributes.id !== id) continue;
      if (stanza.attributes.type === 'error') throw stanzaFailure(what, stanza);
      return stanza;
    }
  };
}

function astray(what: string): Failure {
  return new Failure('protocol', `XMPP: ${what} had to come, and something else did`);
}
