import * as z from 'zod';
import { type Mistake, Mistakes } from '../../core/mistake.ts';
import { parseAbsolute } from '../http/absolute.ts';
import { baseOf } from '../http/compile/base.ts';
import { HEADER } from '../http/compile/encoding.ts';
import { hostsOf } from '../http/hosts.ts';
import { mapping, text } from '../http/schema/fields.ts';
import { mistakesOf } from '../http/schema/mistakes.ts';
import { settled, settledText } from '../http/schema/settle.ts';
import { system } from '../http/schema/system.ts';
import { filled, strangeSlots } from './addresses.ts';
import type { WhipDeclaration, WrittenWhipDeclaration } from './declaration.ts';

/** So many of a meeting send where their streams can be told apart: a stage, before an audience. */
const PUBLISHERS = 4;
const MANY = { error: 'a whole number above 0' };

const PUBLISH = '/{meeting}-{person}/whip';
const VIEW = '/{meeting}-{person}/whep';

const declaration = mapping({
  kind: z.literal('whip', { error: 'whip' }).describe('A server of WHIP (RFC 9725) and WHEP. Experimental.'),
  ...system,
  publish: text(`a path below url, or an address: ${PUBLISH}`).describe(
    'Where a stream is published: {meeting} and {person} stand for whose it is.',
  ),
  view: text(`a path below url, or an address: ${VIEW}`).describe(
    'Where a stream is viewed; without {person} it is everything of a meeting.',
  ),
  token: text('such as ${env.WHIP_TOKEN}')
    .exactOptional()
    .describe('The bearer token of both, where they want one; it comes from the environment: ${env.WHIP_TOKEN}.'),
  publishers: z
    .int(MANY)
    .positive(MANY)
    .exactOptional()
    .describe(`How many of a meeting send, those who come first; ${PUBLISHERS} otherwise. The others view.`),
  candidates: z
    .enum(['offered', 'trickled'], { error: 'offered or trickled' })
    .exactOptional()
    .describe('Whether candidates are in the offer, or told when the answer is there; trickled otherwise.'),
}).describe('A server that streams are published to and viewed from.') satisfies z.ZodType<WrittenWhipDeclaration>;

/** Reads a declaration as it was written; throws Mistakes that list everything wrong with it. */
export function parseWhipDeclaration(
  input: unknown,
  where: string,
  env: Readonly<Record<string, string | undefined>>,
): WhipDeclaration {
  const read = declaration.safeParse(input, { reportInput: true });
  if (!read.success) throw new Mistakes(mistakesOf(read.error.issues, where));
  const mistakes: Mistake[] = [];
  const written = settled<WrittenWhipDeclaration>(read.data, where, env, mistakes);
  const base = baseOf(written, { path: where, mistakes });
  const addressOf = (name: 'publish' | 'view', such: string) => {
    const value = settledText(written[name], `${where}.${name}`, env, mistakes);
    return base.url === '' ? '' : absolute(value, written, { path: `${where}.${name}`, such }, mistakes);
  };
  const [publish, view] = [addressOf('publish', PUBLISH), addressOf('view', VIEW)];
  const apart = publish.includes('{person}');
  const { publishers = apart ? PUBLISHERS : 1, candidates = 'trickled', token } = written;
  const shown = token === undefined ? undefined : settledText(token, `${where}.token`, env, mistakes);
  if (shown !== undefined && HEADER.value(shown) === undefined)
    mistakes.push({ where: `${where}.token`, what: 'holds characters that a header cannot carry' });
  if (!apart && publishers > 1)
    mistakes.push({
      where: `${where}.publish`,
      what: `is one stream for ${publishers} who send`,
      mend: `put {person} into it, such as ${PUBLISH}, or let one send: publishers: 1`,
    });
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  return { ...written, publish, view, publishers, candidates, ...(shown !== undefined && { token: shown }) };
}

/** The absolute template of an address; what is wrong with it is added to the mistakes. */
function absolute(
  value: string,
  written: WrittenWhipDeclaration,
  { path, such }: { readonly path: string; readonly such: string },
  mistakes: Mistake[],
): string {
  if (value === '') return '';
  const whole = value.startsWith('/') ? written.url.replace(/\/+$/, '') + value : value;
  const address = parseAbsolute(filled(whole, { meeting: 'm', person: 1 }));
  if (!address?.scheme.startsWith('http')) mistakes.push({ where: path, what: 'is no address', mend: such });
  else if (!hostsOf(written).includes(address.host))
    mistakes.push({ where: path, what: `${address.host} is not among the hosts`, mend: 'add it to hosts' });
  for (const slot of strangeSlots(whole))
    mistakes.push({ where: path, what: `${slot} means nothing here`, mend: 'known are {meeting} and {person}' });
  if (!whole.includes('{meeting}'))
    mistakes.push({ where: path, what: 'is the same for every meeting', mend: `put {meeting} into it: ${such}` });
  return whole;
}

/** The JSON Schema (draft 2020-12) of a declaration as it is written, for editors. */
export function whipDeclarationJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(declaration, { unrepresentable: 'any' });
}
