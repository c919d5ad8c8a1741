import * as z from 'zod';
import { type Mistake, Mistakes } from '../../core/mistake.ts';
import { compile } from './compile/compile.ts';
import type { HttpDeclaration } from './declaration.ts';
import { declaration } from './schema/declaration.ts';
import { mistakesOf } from './schema/mistakes.ts';
import { salvaged } from './schema/salvage.ts';
import { settled } from './schema/settle.ts';

export type { HttpDeclaration } from './declaration.ts';

/**
 * Reads a declaration as it was written: plain data, with values of the environment in `${env.NAME}`. Throws Mistakes
 * that list everything wrong with it; `where` names the declaration in them, such as `targets.staging`.
 */
export function parseHttpDeclaration(
  input: unknown,
  where: string,
  env: Readonly<Record<string, string | undefined>>,
): HttpDeclaration {
  const read = declaration.safeParse(input, { reportInput: true });
  const mistakes: Mistake[] = read.success ? [] : mistakesOf(read.error.issues, where);
  const written = settled(read.success ? read.data : salvaged(input), where, env, mistakes);
  const compiled = compile(written, where, env);
  mistakes.push(...compiled.mistakes);
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  return { ...written, environment: compiled.environment };
}

/** The JSON Schema (draft 2020-12) of a declaration as it is written, for editors. */
export function httpDeclarationJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(declaration, { unrepresentable: 'any' });
}
