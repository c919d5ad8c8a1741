import { base64 } from './base64.ts';

/**
 * How text gets into one kind of place: what the declaration's author wrote there, and the value of a slot. Undefined
 * when the place cannot carry it.
 */
export interface Encoding {
  /** What values are put into, for messages: `a header`. */
  readonly place: string;
  literal(text: string): string | undefined;
  value(text: string): string | undefined;
}

/** Texts that stay as they are. */
export const RAW: Encoding = { place: 'a text', literal: (text) => text, value: (text) => text };

/** The inside of a JSON string. */
export const JSON_STRING: Encoding = { place: 'JSON', literal: inJsonString, value: inJsonString };

/** Names and values of application/x-www-form-urlencoded. */
export const FORM: Encoding = { place: 'a form', literal: inForm, value: inForm };

/** Paths and queries: what was written keeps its structure, values become data (RFC 3986). */
export const ADDRESS: Encoding = { place: 'an address', literal: tidied, value: asSegment };

/** Header values: visible ASCII, space and tab, so that every transport sends the same bytes (RFC 9110, 5.5). */
export const HEADER: Encoding = { place: 'a header', literal: inHeader, value: inHeader };

/** A user name of basic authentication, which ends at the first colon (RFC 7617). */
export const BASIC_USER: Encoding = { place: 'a basic user name', literal: withoutColon, value: withoutColon };

/** A WebSocket subprotocol, which is a token (RFC 6455, 4.1). */
export const PROTOCOL: Encoding = { place: 'a WebSocket protocol', literal: asToken, value: asToken };

/** Percent-encodes everything but unreserved characters; half a surrogate pair becomes U+FFFD, as in every URL. */
function percentEncoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return [...text].map((char) => encodeURIComponent(LONE_SURROGATE.test(char) ? '\uFFFD' : char)).join('');
  }
}

/** The value of an Authorization header for a user and a password in UTF-8 (RFC 7617). */
export function basicCredentials(user: string, password: string): string {
  return `Basic ${base64(`${user}:${password}`)}`;
}

const LONE_SURROGATE = /^[\uD800-\uDFFF]$/;

function inJsonString(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function inForm(text: string): string {
  return percentEncoded(text).replace(/%20/g, '+');
}

/** A segment of dots alone would climb in the path instead of naming something. */
function asSegment(text: string): string {
  return text === '.' || text === '..' ? text.replace(/\./g, '%2E') : percentEncoded(text);
}

function tidied(text: string): string {
  return text.replace(/%(?![0-9a-f]{2})|[^\w%!$&'()*+,\-./:;=?@~[\]]+/gi, percentEncoded);
}

function inHeader(text: string): string | undefined {
  return /^[\t\x20-\x7e]*$/.test(text) ? text : undefined;
}

function withoutColon(text: string): string | undefined {
  return text.includes(':') ? undefined : text;
}

function asToken(text: string): string | undefined {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(text) ? text : undefined;
}
