import { isHost, parseAbsolute } from '../absolute.ts';
import type { WrittenDeclaration } from '../declaration.ts';
import { hostsOf } from '../hosts.ts';
import { ADDRESS } from './encoding.ts';
import { at, type Base, type Site, tell } from './site.ts';

/** Reads where the target is, and which hosts belong to it. */
export function baseOf(
  declaration: Pick<WrittenDeclaration, 'url' | 'hosts'>,
  site: Pick<Site, 'path' | 'mistakes'>,
): Base {
  for (const [index, host] of (declaration.hosts ?? []).entries())
    if (!isHost(host)) tell(at(at(site, 'hosts'), index), 'is not a host', 'its name alone, such as auth.example.com');
  const hosts = new Set(hostsOf(declaration));
  const absolute = parseAbsolute(declaration.url);
  if (!absolute?.scheme.startsWith('http') || /[?#]/.test(absolute.rest)) {
    const mend = 'write it as https://meet.example.com or http://127.0.0.1:8080/api, without user, query and fragment';
    tell(at(site, 'url'), 'is not the address of a target', mend);
    return { url: '', host: '', hosts };
  }
  const path = ADDRESS.literal(absolute.rest.replace(/\/+$/, '')) ?? '';
  return { url: absolute.origin + path, host: absolute.host, hosts };
}
