import { isIP } from 'node:net';

/**
 * Whether a request is meant for this server, by its `Host` header: a page of a stranger can make a browser send requests
 * here by a name of the stranger's (DNS rebinding), and its own name is what it cannot hide.
 */
export function isWelcome(host: string | undefined, configured: readonly string[]): boolean {
  const name = hostnameOf(host ?? '');
  if (name === undefined) return false;
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  if (name === '[::1]' || (isIP(name) === 4 && name.startsWith('127.'))) return true;
  return configured.some((allowed) => hostnameOf(isIP(allowed) === 6 ? `[${allowed}]` : allowed) === name);
}

function hostnameOf(host: string): string | undefined {
  if (!/^[^/?#@\\\s]+$/.test(host)) return undefined;
  try {
    return new URL(`http://${host}`).hostname.replace(/\.$/, '');
  } catch {
    return undefined;
  }
}
