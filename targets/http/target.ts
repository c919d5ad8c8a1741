import { Mistakes } from '../../core/mistake.ts';
import { OPERATIONS, type Target } from '../../core/target.ts';
import { clientOf } from './client.ts';
import { compile } from './compile/compile.ts';
import type { HttpDeclaration } from './declaration.ts';
import { sessionOf } from './session.ts';
import { sourceOf } from './source.ts';

/**
 * Makes a target of a declaration; its clients offer exactly the operations that are declared. Presets of metrics are
 * not resolved here. Throws Mistakes when the declaration has not come through parseHttpDeclaration and is wrong.
 */
export function httpTarget(name: string, declaration: HttpDeclaration): Target {
  const compiled = compile(declaration, `targets.${name}`, declaration.environment);
  if (compiled.mistakes.length > 0) throw new Mistakes(compiled.mistakes);
  return {
    name,
    operations: OPERATIONS.filter((operation) => compiled.operations[operation]),
    capacity: declaration.capacity ?? {},
    services: {},
    metrics: (declaration.metrics ?? []).map((metrics) => sourceOf(metrics, declaration)),
    client: (io, person) => clientOf(compiled.operations, sessionOf(io, person, compiled.registers)),
  };
}
