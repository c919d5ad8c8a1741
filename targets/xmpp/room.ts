import type { MeetingWish } from '../../core/target.ts';
import { stanzaFailure } from './failures.ts';
import { element, escaped } from './markup.ts';
import { NS } from './namespaces.ts';
import { childOf, type Stanza } from './stanza.ts';
import type { Stream } from './stream.ts';

/** The address of a room for a wish; the same for every attempt at it, and for no other wish. */
export function roomFor({ name, key }: Pick<MeetingWish, 'name' | 'key'>, rooms: string): string {
  const plain = `${name}-${key}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return `${plain}@${rooms}`;
}

/** The address of whoever has a stream in a room; no two streams have the same. */
function occupantOf({ address }: Pick<Stream, 'address'>, room: string): string {
  const [account = '', resource = ''] = address.split('/', 2);
  return `${room}/${account.replace(/@.*$/s, '')}-${resource}`;
}

/**
 * Enters a room and waits until the server has seated the person (XEP-0045, 7.2). A room that was not there is opened by
 * that, as in every conference on XMPP, with the settings of the server (10.1.2). Throws a Refusal for a no.
 */
export async function enter(stream: Stream, room: string): Promise<void> {
  const history = element('history', { maxstanzas: '0' });
  const to = occupantOf(stream, room);
  stream.send(element('presence', { xmlns: NS.client, to }, element('x', { xmlns: NS.muc }, history)));
  const seated = await until(stream, (stanza) => isOwnPresence(stanza, room));
  if (seated.attributes.type === 'error') throw stanzaFailure('entering a room', seated);
  if (!statusesOf(seated).includes('201')) return;
  const settings = element('x', { xmlns: NS.data, type: 'submit' });
  const content = element('query', { xmlns: NS.mucOwner }, settings);
  await stream.ask('opening a room', { type: 'set', to: room, content });
}

/** Says something in a room and waits until it comes back, as everybody there hears it. */
export async function say(stream: Stream, room: string, id: string, text: string): Promise<void> {
  const body = element('body', {}, escaped(text));
  stream.send(element('message', { xmlns: NS.client, type: 'groupchat', to: room, id }, body));
  const heard = await until(
    stream,
    ({ name, attributes }) => name === 'message' && attributes.id === id && bareOf(attributes.from) === room,
  );
  if (heard.attributes.type === 'error') throw stanzaFailure('saying something', heard);
}

/** Leaves a room; nobody waits for the answer. */
export function leave(stream: Stream, room: string): void {
  stream.send(element('presence', { xmlns: NS.client, to: occupantOf(stream, room), type: 'unavailable' }));
}

async function until(stream: Stream, isMeant: (stanza: Stanza) => boolean): Promise<Stanza> {
  for (;;) {
    const stanza = await stream.next();
    if (isMeant(stanza)) return stanza;
  }
}

/** What the server says of one's own presence is marked so, or is a no (XEP-0045, 7.2.2). */
function isOwnPresence(stanza: Stanza, room: string): boolean {
  const { from, type } = stanza.attributes;
  if (stanza.name !== 'presence' || bareOf(from) !== room) return false;
  return type === 'error' || (type === undefined && statusesOf(stanza).includes('110'));
}

function statusesOf(stanza: Stanza): string[] {
  const x = childOf(stanza, 'x', NS.mucUser);
  return (x?.children ?? []).flatMap(({ name, attributes }) => (name === 'status' ? (attributes.code ?? []) : []));
}

function bareOf(address: string | undefined): string | undefined {
  return address?.replace(/\/.*$/s, '');
}
