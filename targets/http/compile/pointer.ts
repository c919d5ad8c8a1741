import { type Site, tell } from './site.ts';

/** A JSON pointer taken apart (RFC 6901); the empty one means the whole document. */
export type Pointer = readonly string[];

/** Reads a JSON pointer. */
export function parsePointer(text: string, site: Site): Pointer {
  if (text === '') return [];
  if (!text.startsWith('/')) {
    tell(site, 'is not a JSON pointer', `begin with a slash: json:/${text}`);
    return [];
  }
  if (/~(?![01])/.test(text)) tell(site, 'is not a JSON pointer: ~ stands alone', 'write ~0 for ~, and ~1 for /');
  // In this order, lest ~01 become a slash (RFC 6901, 4).
  return text
    .slice(1)
    .split('/')
    .map((token) => token.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** What a pointer points to, or undefined when there is nothing. */
export function pointed(pointer: Pointer, document: unknown): unknown {
  let value = document;
  for (const token of pointer) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (Array.isArray(value) && !/^(?:0|[1-9]\d*)$/.test(token)) return undefined;
    if (!Object.hasOwn(value, token)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[token];
  }
  return value;
}
