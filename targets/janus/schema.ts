import * as z from 'zod';
import { type Mistake, Mistakes } from '../../core/mistake.ts';
import { baseOf } from '../http/compile/base.ts';
import { mapping, text } from '../http/schema/fields.ts';
import { mistakesOf } from '../http/schema/mistakes.ts';
import { settled, settledText } from '../http/schema/settle.ts';
import { system } from '../http/schema/system.ts';
import { websocketOf } from '../http/websocket.ts';
import type { JanusDeclaration, WrittenJanusDeclaration } from './declaration.ts';

/** Janus' own default, 3, is for a demonstration. */
const PUBLISHERS = 1_000;
const MANY = { error: 'a whole number above 0' };

const secretOf = (name: string, what: string) =>
  text(`such as \${env.${name}}`).exactOptional().describe(`${what}; it comes from the environment: \${env.${name}}.`);

const declaration = mapping({
  kind: z.literal('janus', { error: 'janus' }).describe('A Janus server, on one of whose plugins people meet.'),
  ...system,
  plugin: z
    .enum(['videoroom', 'audiobridge'], { error: 'videoroom or audiobridge' })
    .exactOptional()
    .describe('Whether sound and pictures are passed on, or sound is mixed and nothing else; videoroom otherwise.'),
  websocket: text('a path below url, or an address: /janus')
    .exactOptional()
    .describe('Where its WebSocket is: a path below url, or an address; / otherwise.'),
  secret: secretOf('JANUS_SECRET', 'api_secret of its configuration, where one is set'),
  token: secretOf('JANUS_TOKEN', 'A token that it knows, where token_auth is on'),
  roomKey: secretOf('JANUS_ROOM_KEY', 'admin_key of the plugin, where one is set'),
  ids: z
    .enum(['numbers', 'strings'], { error: 'numbers or strings' })
    .exactOptional()
    .describe('What rooms are called by: strings where string_ids of the plugin is on; numbers otherwise.'),
  publishers: z
    .int(MANY)
    .positive(MANY)
    .exactOptional()
    .describe(`How many may send in a room at once; ${PUBLISHERS} otherwise. Who comes besides is turned away.`),
}).describe('A Janus server, on which people meet in rooms.') satisfies z.ZodType<WrittenJanusDeclaration>;

/** Reads a declaration as it was written; throws Mistakes that list everything wrong with it. */
export function parseJanusDeclaration(
  input: unknown,
  where: string,
  env: Readonly<Record<string, string | undefined>>,
): JanusDeclaration {
  const read = declaration.safeParse(input, { reportInput: true });
  if (!read.success) throw new Mistakes(mistakesOf(read.error.issues, where));
  const mistakes: Mistake[] = [];
  const written = settled<WrittenJanusDeclaration>(read.data, where, env, mistakes);
  const secrets = (['secret', 'token', 'roomKey'] as const).flatMap((name) => {
    const value = written[name];
    return value === undefined ? [] : [[name, settledText(value, `${where}.${name}`, env, mistakes)]];
  });
  const base = baseOf(written, { path: where, mistakes });
  const websocket = base.url === '' ? '' : websocketOf(written, { otherwise: '/', such: '/janus' }, where, mistakes);
  const { plugin = 'videoroom' } = written;
  if (plugin === 'audiobridge' && written.publishers !== undefined)
    mistakes.push({ where: `${where}.publishers`, what: 'is nothing that AudioBridge has', mend: 'leave it out' });
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  const { ids = 'numbers', publishers = PUBLISHERS } = written;
  return { ...written, ...Object.fromEntries(secrets), websocket, plugin, ids, publishers };
}

/** The JSON Schema (draft 2020-12) of a declaration as it is written, for editors. */
export function janusDeclarationJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(declaration, { unrepresentable: 'any' });
}
