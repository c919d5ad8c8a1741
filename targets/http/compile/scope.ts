/** The values of one virtual user's slots, by register. */
export type Values = (string | undefined)[];

/** A slot that can be filled: where its value is kept, and whether the value comes from the target. */
export interface Slot {
  readonly name: string;
  readonly register: number;
  readonly fromTarget: boolean;
}

/** The names that slots can use at one place of a declaration. Registers are shared by all scopes of a target. */
export interface Scope {
  readonly known: Map<string, Slot>;
  readonly registers: Map<string, number>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The environment variables that were used so far. */
  readonly mentioned: Map<string, string>;
}

/** The registers that are filled by whoever calls an operation. */
export const REGISTERS = {
  'person.index': 0,
  'person.name': 1,
  'person.email': 2,
  'person.password': 3,
  'meeting.id': 4,
  'meeting.name': 5,
  'message.id': 6,
  'message.text': 7,
  'meeting.participants': 8,
  'meeting.key': 9,
  'meeting.count': 10,
  'invited.name': 11,
  'invited.email': 12,
  'search.text': 13,
  'ticket.id': 14,
  'ticket.subject': 15,
  'media.host': 16,
  'media.port': 17,
  'media.key': 18,
  'media.audio': 19,
  'media.video': 20,
  'person.region': 21,
  'assets.list': 22,
  'assets.wait': 23,
  'assets.otherwise': 24,
  'recording.id': 25,
  'recording.bytes': 26,
  'recording.checksum': 27,
} as const;

/** What can be told of a recording, to be compared with what is told of it later. */
export const RECORDING_FACTS = ['recording.bytes', 'recording.checksum'] as const;

/** What a seat in the media of a meeting is made of; a join captures all of them, or none. */
export const MEDIA = ['media.host', 'media.port', 'media.key', 'media.audio', 'media.video'] as const;

/** What names something of the target's, and came from it. */
const IDENTIFIERS: ReadonlySet<string> = new Set(['meeting.id', 'ticket.id', 'recording.id']);

/**
 * What a page may name to be fetched: addresses, how long it waits for all of them, and those it fetches instead when they
 * fail or take longer.
 */
export const ASSETS = ['assets.list', 'assets.wait', 'assets.otherwise'] as const;

type Given = keyof typeof REGISTERS;

/** What is known outside of all operations: the environment. */
export function outermost(environment: Scope['environment']): Scope {
  return { known: new Map(), registers: new Map(Object.entries(REGISTERS)), environment, mentioned: new Map() };
}

/** What is known where people do something. */
export function withPerson(outer: Scope): Scope {
  return within(outer, ['person.index', 'person.name', 'person.email', 'person.password']);
}

/** A scope inside another one, in which more names are given. What is defined in it is not seen outside. */
export function within(outer: Scope, given: readonly Given[]): Scope {
  const slots = given.map((name): [string, Slot] => [
    name,
    { name, register: REGISTERS[name], fromTarget: IDENTIFIERS.has(name) },
  ]);
  return { ...outer, known: new Map([...outer.known, ...slots]) };
}

/** Makes a captured name known from here on. */
export function define({ known, registers }: Scope, name: string): Slot {
  const register = registers.get(name) ?? registers.size;
  registers.set(name, register);
  const slot = { name, register, fromTarget: true };
  known.set(name, slot);
  return slot;
}
