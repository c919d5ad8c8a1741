/*
 * Toxiproxy takes the first JSON value of a body, ignores what follows it, and says what is wrong in the words of Go's
 * encoding/json, byte by byte. Texts here are therefore bytes: one character each, as `latin1` makes them.
 */

/** A body that is no JSON, or none that fits; the message is the one Go's encoding/json has for it. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** Deeper nesting is refused, as by Go. */
const DEEPEST = 10_000;

const SPACE = /[ \t\r\n]*/y;
const DIGITS = /\d*/y;
/** What stands for itself in a string: all from the space on but the quotation mark and the backslash. */
const PLAIN = /[ !#-[\]-ÿ]*/y;

/** The text of the first JSON value; throws Malformed when there is none. */
export function firstValue(text: string): string {
  const begin = skip(SPACE, text, 0);
  if (begin === text.length) throw new Malformed('EOF');
  return text.slice(begin, valueEnd(text, begin));
}

/** Where the white space ends that begins at a place. */
export function spaceEnd(text: string, from: number): number {
  return skip(SPACE, text, from);
}

/** Where the value ends that begins at a place. It keeps its own stack: a body may be nested thousands of levels deep. */
export function valueEnd(text: string, from: number): number {
  const open: string[] = [];
  let at = from;
  for (;;) {
    const begins = text[at];
    if (begins === '{' || begins === '[') {
      if (open.push(begins === '{' ? '}' : ']') > DEEPEST) refuse(text, at, 'exceeded max depth');
      at = skip(SPACE, text, at + 1);
      if (text[at] !== open.at(-1)) {
        if (begins === '{') at = memberValue(text, at);
        continue;
      }
    } else at = scalarEnd(text, at);
    const next = nextValue(text, at, open);
    if (open.length === 0) return next;
    at = next;
  }
}

/** Closes what ends after a value, and gives the place of the next value, or of the end when nothing is open any more. */
function nextValue(text: string, from: number, open: string[]): number {
  let at = from;
  for (let closing = open.at(-1); closing !== undefined; closing = open.at(-1)) {
    at = skip(SPACE, text, at);
    if (text[at] === ',') {
      at = skip(SPACE, text, at + 1);
      return closing === '}' ? memberValue(text, at) : at;
    }
    if (text[at] !== closing) refuse(text, at, closing === '}' ? 'after object key:value pair' : 'after array element');
    open.pop();
    at += 1;
  }
  return at;
}

/** The place of the value of the member whose key begins at a place. */
function memberValue(text: string, from: number): number {
  if (text[from] !== '"') refuse(text, from, 'looking for beginning of object key string');
  const colon = skip(SPACE, text, stringEnd(text, from));
  if (text[colon] !== ':') refuse(text, colon, 'after object key');
  return skip(SPACE, text, colon + 1);
}

function scalarEnd(text: string, from: number): number {
  const begins = text[from] ?? '';
  if (begins === '"') return stringEnd(text, from);
  if (/[-\d]/.test(begins)) return numberEnd(text, from);
  for (const word of ['true', 'false', 'null']) if (word[0] === begins) return wordEnd(text, from, word);
  return refuse(text, from, 'looking for beginning of value');
}

/** Where a string ends, its quotation marks included. */
export function stringEnd(text: string, from: number): number {
  for (let at = from + 1; ; ) {
    at = skip(PLAIN, text, at);
    if (text[at] === '"') return at + 1;
    if (text[at] !== '\\') refuse(text, at, 'in string literal');
    if (text[at + 1] !== 'u') {
      if (!/["\\/bfnrt]/.test(text[at + 1] ?? '')) refuse(text, at + 1, 'in string escape code');
      at += 2;
      continue;
    }
    for (let digit = at + 2; digit < at + 6; digit += 1)
      if (!/[\da-f]/i.test(text[digit] ?? '')) refuse(text, digit, 'in \\u hexadecimal character escape');
    at += 6;
  }
}

function numberEnd(text: string, from: number): number {
  let at = text[from] === '-' ? from + 1 : from;
  if (text[at] === '0') at += 1;
  else at = digits(text, at, 'in numeric literal');
  if (text[at] === '.') at = digits(text, at + 1, 'after decimal point in numeric literal');
  if (text[at] !== 'e' && text[at] !== 'E') return at;
  const sign = text[at + 1] === '+' || text[at + 1] === '-' ? 1 : 0;
  return digits(text, at + 1 + sign, 'in exponent of numeric literal');
}

function digits(text: string, from: number, context: string): number {
  const end = skip(DIGITS, text, from);
  return end > from ? end : refuse(text, from, context);
}

function wordEnd(text: string, from: number, word: string): number {
  for (let index = 1; index < word.length; index += 1)
    if (text[from + index] !== word[index])
      refuse(text, from + index, `in literal ${word} (expecting '${word[index]}')`);
  return from + word.length;
}

function skip(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  pattern.test(text);
  return pattern.lastIndex;
}

function refuse(text: string, at: number, context: string): never {
  const found = text[at];
  throw new Malformed(found === undefined ? 'unexpected EOF' : `invalid character ${quoted(found)} ${context}`);
}

const SHORT: Readonly<Record<string, string>> = {
  ...{ "'": "\\'", '\\': '\\\\' },
  ...{ '\u0007': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v' },
};

/** A byte as Go quotes it, taken for the character of that number. */
function quoted(byte: string): string {
  const code = byte.charCodeAt(0);
  if (SHORT[byte] !== undefined) return `'${SHORT[byte]}'`;
  if (code < 0x20 || code === 0x7f) return `'\\x${code.toString(16).padStart(2, '0')}'`;
  if ((code >= 0x80 && code <= 0xa0) || code === 0xad) return `'\\u00${code.toString(16)}'`;
  return `'${byte}'`;
}
