import type { Person } from '../../core/person.ts';
import type { Transport } from '../../core/transport.ts';
import { REGISTERS, type Values } from './compile/scope.ts';
import { CookieJar } from './cookies.ts';
import type { Visit } from './visit.ts';

/** What an operation is called with, by the names of its slots. */
type Given = Readonly<Partial<Record<keyof typeof REGISTERS, string>>>;

/** What stays with a virtual user between operations: cookies, and what login captured. */
export interface Session {
  readonly io: Transport;
  readonly cookies: CookieJar;
  readonly values: Values;
  /** Names the user's next message, unlike any message of anybody else. */
  messageId(): string;
}

/** Begins the session of a person; `registers` is how many values the target's slots need. */
export function sessionOf(io: Transport, person: Person, registers: number): Session {
  const values = new Array<string | undefined>(registers).fill(undefined);
  values[REGISTERS['person.index']] = String(person.index);
  values[REGISTERS['person.name']] = person.name;
  values[REGISTERS['person.email']] = person.email;
  values[REGISTERS['person.password']] = person.password;
  let signature = '';
  let said = 0;
  return {
    io,
    cookies: new CookieJar(),
    values,
    messageId() {
      // Not drawn from the seed: a target may remember the identifiers of an earlier run, and drop what repeats them.
      signature ||= Math.random().toString(36).slice(2, 12);
      said += 1;
      return `${signature}-${said}`;
    },
  };
}

/** Begins an operation: it sees the session's values and those given, and what it captures stays with it. */
export function visitOf({ io, cookies, values }: Session, given: Given): Visit {
  const own = values.slice();
  for (const [name, value] of Object.entries(given)) own[REGISTERS[name as keyof Given]] = value;
  return { io, cookies, values: own, socket: undefined };
}
