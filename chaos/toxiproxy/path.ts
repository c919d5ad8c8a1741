/** A request's path as it is matched, or where the client is sent instead of a path with detours. */
export type ReadPath =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'elsewhere'; readonly location: string }
  | { readonly kind: 'malformed' };

/** Reads the target of a request as Go's router does: decoded before it is matched, detours answered with the way. */
export function readPath(target: string): ReadPath {
  const [encoded = '', ...query] = target.replace(/^https?:\/\/[^/?]*/i, '').split('?');
  if (/%(?![\da-f]{2})/i.test(encoded)) return { kind: 'malformed' };
  const path = decoded(encoded);
  const direct = straightened(path);
  if (direct === path) return { kind: 'path', path };
  const location = encodeURI(direct).replace(/[?#]/g, encodeURIComponent);
  return { kind: 'elsewhere', location: [location, ...query].join('?') };
}

function decoded(encoded: string): string {
  const bytes = Buffer.from(encoded).toString('latin1');
  const plain = bytes.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1').toString();
}

/** Without empty parts, `.` and `..`; a slash at the end stays. */
function straightened(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const direct = `/${parts.join('/')}`;
  return path.endsWith('/') && direct !== '/' ? `${direct}/` : direct;
}
