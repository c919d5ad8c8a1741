import { httpDate } from '../../core/http-date.ts';
import type { Answer } from '../../core/transport.ts';

/** What an answer says of a cookie (RFC 6265, 5.2): its value, or that it is to be forgotten. */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  readonly expired: boolean;
}

/**
 * One virtual user's cookies. Each goes back to the host it came from, whatever its path and domain, until the host
 * deletes it.
 */
export class CookieJar {
  // Most virtual users never get a cookie, and there are many of them.
  #hosts: Map<string, HostCookies> | undefined;

  /** The Cookie header for a host, or undefined when it has set none. */
  header(host: string): string | undefined {
    return this.#hosts?.get(host)?.header;
  }

  /** Takes over what an answer of a host says of cookies. */
  keep(host: string, answer: Answer): void {
    const cookies = setCookies(answer);
    if (cookies.length === 0) return;
    this.#hosts ??= new Map();
    const values = this.#hosts.get(host)?.values ?? new Map<string, string>();
    for (const { name, value, expired } of cookies) {
      if (expired) values.delete(name);
      else values.set(name, value);
    }
    const header = [...values].map(([name, value]) => `${name}=${value}`).join('; ');
    this.#hosts.set(host, { values, header: header === '' ? undefined : header });
  }
}

interface HostCookies {
  readonly values: Map<string, string>;
  readonly header: string | undefined;
}

const NONE: readonly SetCookie[] = [];

/** The cookies an answer sets or deletes, in order. */
export function setCookies(answer: Answer): readonly SetCookie[] {
  const lines = answer.header('set-cookie');
  return lines.length === 0 ? NONE : lines.flatMap((line) => parsed(line) ?? []);
}

/** Reads one Set-Cookie header; undefined when it names no cookie or holds what no header can carry. */
function parsed(line: string): SetCookie | undefined {
  const [pair = '', ...attributes] = line.split(';');
  const equals = pair.indexOf('=');
  const name = pair.slice(0, equals).trim();
  if (equals < 0 || name === '' || !/^[\t\x20-\x7e]*$/.test(pair)) return undefined;
  return { name, value: pair.slice(equals + 1).trim(), expired: isExpired(attributes) };
}

/** In cookies the years 70 to 99 are of the past century, whatever the date is (RFC 6265, 5.1.1). */
const PIVOT = Date.UTC(2019, 0);

/** Max-Age goes before Expires, and the last of its kind counts. */
function isExpired(attributes: readonly string[]): boolean {
  let maxAge: number | undefined;
  let expires: number | undefined;
  for (const attribute of attributes) {
    const [name = '', value = ''] = attribute.split(/=(.*)/s).map((part) => part.trim());
    if (name.toLowerCase() === 'max-age' && /^-?\d+$/.test(value)) maxAge = Number(value);
    if (name.toLowerCase() === 'expires') expires = httpDate(value, PIVOT);
  }
  return maxAge === undefined ? expires !== undefined && expires <= Date.now() : maxAge <= 0;
}
