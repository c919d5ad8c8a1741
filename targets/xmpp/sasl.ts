import { Failure } from '../../core/failure.ts';
import type { Person } from '../../core/person.ts';
import { base64, base64OfBytes, bytesOfBase64 } from '../http/compile/base64.ts';
import { MECHANISMS, type MechanismName, type XmppDeclaration } from './declaration.ts';
import { saslFailure } from './failures.ts';
import type { Line } from './line.ts';
import { element } from './markup.ts';
import { NS } from './namespaces.ts';
import { type KeysOf, scramExchange } from './scram.ts';
import { childOf, type Stanza } from './stanza.ts';

/** Who signs in, how, and what is remembered for that. */
export interface Credentials {
  readonly declaration: Pick<XmppDeclaration, 'login' | 'mechanism'>;
  readonly person: Person;
  readonly keysOf: KeysOf;
}

/** Signs a person in by what the server offers (RFC 6120, 6); throws a Failure of kind `denied` when it says no. */
export async function authenticate(line: Line, features: Stanza, credentials: Credentials): Promise<void> {
  const offered = childOf(features, 'mechanisms', NS.sasl)?.children.map(({ text }) => text) ?? [];
  const { login, mechanism } = credentials.declaration;
  if (login === 'anonymous') return anonymously(line, offered);
  const chosen = MECHANISMS.find((name) => offered.includes(name) && (mechanism ?? name) === name);
  if (chosen === undefined) throw lacking(mechanism ?? MECHANISMS.join(', '), offered);
  return withPassword(line, chosen, credentials);
}

/** The account of a person: what stands before the @ of their address. */
function userOf({ email }: Person): string {
  return email.replace(/@.*$/s, '');
}

async function anonymously(line: Line, offered: readonly string[]): Promise<void> {
  if (!offered.includes('ANONYMOUS')) throw lacking('ANONYMOUS', offered);
  line.send(element('auth', { xmlns: NS.sasl, mechanism: 'ANONYMOUS' }));
  await answered(line, 'success');
}

async function withPassword(line: Line, mechanism: MechanismName, credentials: Credentials): Promise<void> {
  const { person, keysOf } = credentials;
  const [user, { password }] = [userOf(person), person];
  const begin = (initial: string) => line.send(element('auth', { xmlns: NS.sasl, mechanism }, base64(initial)));
  if (mechanism === 'PLAIN') {
    begin(`\0${user}\0${password}`);
    await answered(line, 'success');
    return;
  }
  const hash = mechanism === 'SCRAM-SHA-1' ? 'SHA-1' : 'SHA-256';
  const exchange = scramExchange(hash, { user, password }, nonce(), keysOf);
  begin(exchange.first);
  const proof = await exchange.final(textIn(await answered(line, 'challenge')));
  line.send(element('response', { xmlns: NS.sasl }, base64(proof)));
  exchange.verify(textIn(await answered(line, 'success')));
}

async function answered(line: Line, name: 'challenge' | 'success'): Promise<Stanza> {
  const stanza = await line.next();
  if (stanza.namespace === NS.sasl && stanza.name === 'failure') throw saslFailure(stanza);
  if (stanza.namespace === NS.sasl && stanza.name === name) return stanza;
  throw new Failure('protocol', `XMPP: signing in: no ${name} where one had to come`);
}

function textIn({ text }: Stanza): string {
  const bytes = bytesOfBase64(text.trim());
  if (!bytes) throw new Failure('protocol', 'XMPP: signing in: an answer that is not base64');
  return new TextDecoder().decode(bytes);
}

function nonce(): string {
  return base64OfBytes(crypto.getRandomValues(new Uint8Array(18)));
}

function lacking(wanted: string, offered: readonly string[]): Failure {
  const names = offered.filter((name) => /^[A-Z0-9_-]{1,20}$/.test(name)).join(', ');
  return new Failure('status', `XMPP: signing in by ${wanted} is not offered, only ${names || 'nothing'}`);
}
