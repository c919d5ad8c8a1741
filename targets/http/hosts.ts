import { parseAbsolute } from './absolute.ts';
import type { SystemDeclaration } from './declaration.ts';

/** Every host that load can go to, in lower case and without ports; the one of `url` first. */
export function hostsOf({ url, hosts = [] }: Pick<SystemDeclaration, 'url' | 'hosts'>): string[] {
  const own = parseAbsolute(url)?.host;
  return [...new Set([...(own === undefined ? [] : [own]), ...hosts.map((host) => host.toLowerCase())])];
}
