import { spaceEnd, stringEnd, valueEnd } from './syntax.ts';

/** A key of an object and the text of its value. */
export interface Member {
  readonly key: string;
  readonly value: string;
}

/** The members of an object whose syntax is known to be right, in order, repeated keys included. */
export function* members(object: string): Generator<Member> {
  for (let at = spaceEnd(object, 1); object[at] === '"'; at = spaceEnd(object, at)) {
    const key = stringEnd(object, at);
    const value = spaceEnd(object, spaceEnd(object, key) + 1);
    const end = valueEnd(object, value);
    yield { key: stringIn(object.slice(at, key)), value: object.slice(value, end) };
    at = spaceEnd(object, end) + 1;
  }
}

/** The texts of the elements of an array whose syntax is known to be right. */
export function* elements(array: string): Generator<string> {
  for (let at = spaceEnd(array, 1); at < array.length && array[at] !== ']'; at = spaceEnd(array, at)) {
    const end = valueEnd(array, at);
    yield array.slice(at, end);
    at = spaceEnd(array, end) + 1;
  }
}

/** What a JSON string says; what is no character is U+FFFD. */
export function stringIn(literal: string): string {
  const text = Buffer.from(literal, 'latin1').toString('utf8');
  return (JSON.parse(text) as string).replace(/\p{Surrogate}/gu, '\ufffd');
}
