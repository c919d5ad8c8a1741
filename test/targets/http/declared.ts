import { Failure } from '../../../core/failure.ts';
import { Mistakes } from '../../../core/mistake.ts';
import type { Person } from '../../../core/person.ts';
import type { Client, Target } from '../../../core/target.ts';
import type { Transport } from '../../../core/transport.ts';
import { parseHttpDeclaration } from '../../../targets/http/schema.ts';
import { httpTarget } from '../../../targets/http/target.ts';

export const ada: Person = { index: 7, name: 'Ada Lovelace', email: 'ada@example.com', password: 'p"ss wörd' };

/** The target of what somebody has written. */
export function targetOf(written: object, env: Readonly<Record<string, string>> = {}): Target {
  return httpTarget(
    'staging',
    parseHttpDeclaration({ url: 'http://127.0.0.1:8080', ...written }, 'targets.staging', env),
  );
}

/** A client of a target with these operations. */
export function clientOf(operations: object, io: Transport, person: Person = ada, more: object = {}): Client {
  return targetOf({ ...more, operations }).client(io, person);
}

/** What is wrong with a declaration, a line each; empty when nothing is. */
export function mistakesIn(written: unknown, env: Readonly<Record<string, string>> = {}): string[] {
  try {
    parseHttpDeclaration(written, 'targets.staging', env);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof Mistakes)) throw thrown;
    return thrown.message.split('\n');
  }
}

/** The Failure that an operation ends with. */
export async function failureOf(work: Promise<unknown> | undefined): Promise<Failure> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown;
    throw thrown;
  }
  throw new Error('it did not fail');
}
