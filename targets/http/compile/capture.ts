import { Failure } from '../../../core/failure.ts';
import type { Answer } from '../../../core/transport.ts';
import { setCookies } from '../cookies.ts';
import type { Captures } from '../declaration.ts';
import { jsonOf, type Received } from '../received.ts';
import { parsePointer, pointed } from './pointer.ts';
import { type ASSETS, define, type MEDIA, type RECORDING_FACTS, type Values } from './scope.ts';
import { at, type Site, tell } from './site.ts';

/** Keeps values of an answer; throws a Failure of kind `protocol` that names what the answer lacks. */
export type Keep = (received: Received, values: Values, answer?: Answer) => void;

/** Finds one value; empty ones count as absent. */
type Find = (received: Received, answer: Answer | undefined) => string | undefined;

/** Names of their own meaning, which some operations hand back to the journey. */
export type Returned =
  | ('meeting.id' | 'meeting.participants' | 'meeting.count' | 'ticket.id' | 'recording.id')
  | (typeof RECORDING_FACTS | typeof MEDIA | typeof ASSETS)[number];

/** What is a number, or the length of a list. */
const COUNTS: ReadonlySet<string> = new Set<Returned>(['meeting.participants', 'meeting.count']);

/** What is one address or a list of them; no address holds a line's end, so each has a line. */
const LISTS: ReadonlySet<string> = new Set<Returned>(['assets.list', 'assets.otherwise']);

const SOURCES = ['json', 'header', 'body', 'cookie'] as const;

/**
 * Reads captures and makes their names known from the next step on. `label` names the step in failures; messages of a
 * WebSocket have no headers and cookies.
 */
export function keepOf(
  captures: Captures,
  { label, from, returns = [] }: { label: string; from: 'answer' | 'message'; returns?: readonly Returned[] },
  site: Site,
): Keep {
  const kept = Object.entries(captures).map(([name, source]) => {
    const here = at(site, name);
    checkName(name, returns, here);
    const find = findIn(source, READERS.find(([names]) => names.has(name))?.[1] ?? textOf, from, here);
    return { name, source, find, register: define(site.scope, name).register };
  });
  return (received, values, answer) => {
    for (const { name, source, find, register } of kept) {
      const value = find(received, answer);
      if (!value) throw new Failure('protocol', `${label}: the ${from} holds no usable ${name} (${source})`);
      values[register] = value;
    }
  };
}

function checkName(name: string, returns: readonly string[], site: Site): void {
  if (/^[a-z_]\w*$/i.test(name) || returns.includes(name)) return;
  const mend = returns.length > 0 ? `a name such as token, or ${returns.join(', ')}` : 'a name such as token';
  tell(site, 'cannot be captured here', mend);
}

function findIn(source: string, read: Read, from: 'answer' | 'message', site: Site): Find {
  const [, kind = '', where = ''] = /^(\w+):(.*)$/s.exec(source) ?? [];
  if (kind === 'json') return inJson(where, read, site);
  if (kind === 'body') return inText(where, site);
  if (from === 'message') tell(site, 'is nothing a message has', 'json:/pointer or body:regex(with one group)');
  else if (!SOURCES.some((known) => known === kind) || where === '')
    tell(
      site,
      'does not say where the value is',
      'json:/pointer, header:name, cookie:name or body:regex(with one group)',
    );
  if (kind === 'cookie') return (_, answer) => answer && cookieOf(answer, where);
  const lowerCase = where.toLowerCase();
  return (_, answer) => answer?.header(lowerCase)[0];
}

function inJson(text: string, read: Read, site: Site): Find {
  const pointer = parsePointer(text, site);
  return (received) => read(pointed(pointer, jsonOf(received)));
}

function inText(source: string, site: Site): Find {
  const pattern = compiledRegex(source, site);
  return ({ text }) => pattern.exec(text)?.[1];
}

function compiledRegex(source: string, site: Site): RegExp {
  try {
    const pattern = new RegExp(source);
    // An empty alternative always matches, and shows how many groups there are.
    const groups = (new RegExp(`${source}|`).exec('')?.length ?? 1) - 1;
    if (groups !== 1) tell(site, `has ${groups} groups, not one`, 'put what to keep in ( ), other groups in (?: )');
    return pattern;
  } catch {
    tell(site, 'is not a regular expression', 'body: and a JavaScript regular expression, such as body:id=(\\d+)');
    return /()/;
  }
}

/** Numbers beyond 2^53 were rounded when the JSON was read, and would name something else. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'number' && (Number.isSafeInteger(value) || !Number.isInteger(value))
    ? String(value)
    : undefined;
}

/** A count, or how many are in a list. */
function countOf(value: unknown): string | undefined {
  return Array.isArray(value) ? String(value.length) : textOf(value);
}

/** Texts, line by line; undefined when one is none. */
function linesOf(value: unknown): string | undefined {
  if (!Array.isArray(value)) return textOf(value);
  return value.every((line) => typeof line === 'string') ? value.join('\n') : undefined;
}

/** Makes a text of a value in JSON. */
type Read = (value: unknown) => string | undefined;

/** How what is no plain text is read. */
const READERS: readonly (readonly [names: ReadonlySet<string>, read: Read])[] = [
  [COUNTS, countOf],
  [LISTS, linesOf],
];

function cookieOf(answer: Answer, name: string): string | undefined {
  return setCookies(answer).findLast((cookie) => cookie.name === name)?.value;
}
