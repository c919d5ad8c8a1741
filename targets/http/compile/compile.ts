import type { Mistake } from '../../../core/mistake.ts';
import type { WrittenDeclaration } from '../declaration.ts';
import { baseOf } from './base.ts';
import { type CompiledOperations, compileOperations } from './operations.ts';
import { outermost, type Scope, withPerson } from './scope.ts';
import { at } from './site.ts';

/** A declaration made ready to run, and all that is wrong with it; it must not be run unless nothing is. */
export interface Compiled {
  readonly operations: CompiledOperations;
  /** How many values a virtual user has. */
  readonly registers: number;
  readonly mistakes: readonly Mistake[];
  /** The environment variables that the operations use. Secret. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Compiles a declaration; `where` names it in mistakes and failures. */
export function compile(
  declaration: Pick<WrittenDeclaration, 'url' | 'hosts' | 'operations'>,
  where: string,
  environment: Scope['environment'],
): Compiled {
  const mistakes: Mistake[] = [];
  const scope = withPerson(outermost(environment));
  const base = baseOf(declaration, { path: where, mistakes });
  const operations = compileOperations(
    declaration.operations,
    at({ path: where, mistakes, scope, base }, 'operations'),
  );
  return { operations, registers: scope.registers.size, mistakes, environment: Object.fromEntries(scope.mentioned) };
}
