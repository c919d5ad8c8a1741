import * as z from 'zod';
import { type Mistake, Mistakes } from '../../core/mistake.ts';
import { isHost, parseAbsolute } from '../http/absolute.ts';
import { mapping, text } from '../http/schema/fields.ts';
import { mistakesOf } from '../http/schema/mistakes.ts';
import { settled } from '../http/schema/settle.ts';
import { system } from '../http/schema/system.ts';
import { websocketOf } from '../http/websocket.ts';
import { MECHANISMS, type WrittenXmppDeclaration, type XmppDeclaration } from './declaration.ts';

const MECHANISM = `one of ${MECHANISMS.join(', ')}`;

const declaration = mapping({
  kind: z.literal('xmpp', { error: 'xmpp' }).describe('What it speaks: XMPP over WebSocket, with rooms (XEP-0045).'),
  ...system,
  websocket: text('a path below url, or an address: /xmpp-websocket')
    .exactOptional()
    .describe('Where its WebSocket is (RFC 7395): a path below url, or an address; /xmpp-websocket otherwise.'),
  domain: text('a domain: meet.example.com')
    .exactOptional()
    .describe('The domain of the accounts; the host of url otherwise.'),
  rooms: text('a domain: conference.meet.example.com')
    .exactOptional()
    .describe('The domain of the rooms; conference. before the domain otherwise.'),
  login: z
    .enum(['password', 'anonymous'], { error: 'password or anonymous' })
    .exactOptional()
    .describe(
      'Whether people sign in with a password (an account is what stands before the @ of their email address), or are let in without, as Jitsi does unless told otherwise. password otherwise.',
    ),
  mechanism: z
    .enum(MECHANISMS, { error: MECHANISM })
    .exactOptional()
    .describe('The only SASL mechanism to sign in by; the strongest that is offered otherwise.'),
}).describe(
  'An XMPP server over WebSocket, on which people meet in rooms.',
) satisfies z.ZodType<WrittenXmppDeclaration>;

/** Reads a declaration as it was written; throws Mistakes that list everything wrong with it. */
export function parseXmppDeclaration(
  input: unknown,
  where: string,
  env: Readonly<Record<string, string | undefined>>,
): XmppDeclaration {
  const read = declaration.safeParse(input, { reportInput: true });
  if (!read.success) throw new Mistakes(mistakesOf(read.error.issues, where));
  const mistakes: Mistake[] = [];
  const written = settled<WrittenXmppDeclaration>(read.data, where, env, mistakes);
  const at = parseAbsolute(written.url);
  if (!at?.scheme.startsWith('http') && mistakes.length === 0)
    mistakes.push({ where: `${where}.url`, what: 'is no address', mend: 'such as http://127.0.0.1:5280' });
  const domain = written.domain ?? at?.host ?? '';
  const rooms = written.rooms ?? `conference.${domain}`;
  for (const [name, value] of Object.entries({ domain, rooms }))
    if (!isHost(value))
      mistakes.push({ where: `${where}.${name}`, what: `"${value}" is no domain`, mend: 'in lower case' });
  const websocket = websocketOf(written, { otherwise: '/xmpp-websocket' }, where, mistakes);
  if (written.login === 'anonymous' && written.mechanism !== undefined)
    mistakes.push({ where: `${where}.mechanism`, what: 'needs a password', mend: 'leave it out, or login: password' });
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  return { ...written, websocket, domain, rooms, login: written.login ?? 'password' };
}

/** The JSON Schema (draft 2020-12) of a declaration as it is written, for editors. */
export function xmppDeclarationJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(declaration, { unrepresentable: 'any' });
}
