import * as z from 'zod';
import { type Mistake, Mistakes } from '../../core/mistake.ts';
import { baseOf } from '../http/compile/base.ts';
import { mapping, text } from '../http/schema/fields.ts';
import { mistakesOf } from '../http/schema/mistakes.ts';
import { settled, settledText } from '../http/schema/settle.ts';
import { system } from '../http/schema/system.ts';
import type { LivekitDeclaration } from './declaration.ts';

/** A LiveKit server as it is written in YAML. */
const declaration = mapping({
  kind: z.literal('livekit', { error: 'livekit' }).describe('A LiveKit server.'),
  ...system,
  key: text('an API key of the server').describe('The API key that the tokens of participants are issued by.'),
  secret: text('the secret of the key, such as ${env.LIVEKIT_API_SECRET}').describe(
    'The secret of the key; it comes from the environment: ${env.LIVEKIT_API_SECRET}.',
  ),
}).describe('A LiveKit server, and the key that makes tokens for it.') satisfies z.ZodType<LivekitDeclaration>;

/** Reads the declaration of a LiveKit server as it was written. Throws Mistakes that list everything wrong with it. */
export function parseLivekitDeclaration(
  input: unknown,
  where: string,
  env: Readonly<Record<string, string | undefined>>,
): LivekitDeclaration {
  const read = declaration.safeParse(input, { reportInput: true });
  if (!read.success) throw new Mistakes(mistakesOf(read.error.issues, where));
  const mistakes: Mistake[] = [];
  const written = settled(read.data, where, env, mistakes);
  const key = settledText(written.key, `${where}.key`, env, mistakes);
  const secret = settledText(written.secret, `${where}.secret`, env, mistakes);
  baseOf(written, { path: where, mistakes });
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  return { ...written, key, secret };
}

/** The JSON Schema (draft 2020-12) of a LiveKit server as it is written, for editors. */
export function livekitDeclarationJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(declaration, { unrepresentable: 'any' });
}
