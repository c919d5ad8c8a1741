import { Failure } from '../../../core/failure.ts';
import { type AbsoluteAddress, parseAbsolute } from '../absolute.ts';
import { ADDRESS } from './encoding.ts';
import { assemble, encode, valueIn } from './renderer.ts';
import type { Values } from './scope.ts';
import { type Site, tell } from './site.ts';
import { parseTemplate, type Template } from './template.ts';

/** Where a step connects to, filled per use. */
export interface Address {
  url(values: Values): string;
  /** The host of a filled address. */
  hostOf(url: string): string;
}

type Wire = 'http' | 'ws';

/**
 * Reads a path below the target's URL, an absolute address, or a captured address that begins with a slot. None of them
 * leaves the hosts that the declaration names.
 */
export function addressOf(text: string, wire: Wire, site: Site): Address {
  const [first, ...rest] = withAuthority(parseTemplate(text, site));
  if (first === undefined) return nowhere(site);
  if (typeof first !== 'string') return capturedAddress(first, rest, wire, site);
  if (first.includes('#') || rest.some((part) => typeof part === 'string' && part.includes('#')))
    tell(site, 'has a fragment, which is never sent', 'leave out # and what follows, or write %23');
  if (first.startsWith('/')) return fixedHost(site.base.url, site.base.host, [first, ...rest], wire, site);
  const absolute = parseAbsolute(first);
  if (!absolute || (absolute.rest === '' && rest.length > 0)) return nowhere(site);
  if (!site.base.hosts.has(absolute.host))
    tell(site, 'goes to a host that the declaration does not name', 'add its name to hosts, if it is yours');
  if (isOtherWire(absolute.scheme, wire)) tell(site, 'is the address of a WebSocket', 'use a websocket step');
  return fixedHost(absolute.origin, absolute.host, [absolute.rest || '/', ...rest], wire, site);
}

/** Up to the path, variables of the environment are parts of the address and not data. */
function withAuthority(template: Template): Template {
  let begin = '';
  const rest = [...template];
  for (let part = rest[0]; part !== undefined && !HAS_PATH.test(begin); part = rest[0]) {
    if (typeof part !== 'string' && 'register' in part) break;
    begin += typeof part === 'string' ? part : part.value;
    rest.shift();
  }
  return begin === '' ? rest : [begin, ...rest];
}

const HAS_PATH = /^\/|^\w+:\/\/[^/?]*[/?]/;

function fixedHost(origin: string, host: string, path: Template, wire: Wire, site: Site): Address {
  const parts = [onWire(origin, wire), ...encode(path, ADDRESS, site)];
  const { render } = assemble(parts, ADDRESS, site.path);
  return { url: render, hostOf: () => host };
}

/** What the target sends people to is checked when they go there. */
function capturedAddress(first: Exclude<Template[number], string>, rest: Template, wire: Wire, site: Site): Address {
  if (!('register' in first) || !first.fromTarget || first.name === 'meeting.id') return nowhere(site);
  const { render } = assemble(encode(rest, ADDRESS, site), ADDRESS, site.path);
  const refuse = (why: string): never => {
    throw new Failure('protocol', `${site.path}: the captured \${${first.name}} is no address to go to: ${why}`);
  };
  return {
    url(values) {
      const url = valueIn(values, first) + render(values);
      const absolute = parseAbsolute(url);
      if (!absolute || !/^[!$-[\]-~]*$/.test(absolute.rest)) return refuse('it is not an absolute URL');
      if (!site.base.hosts.has(absolute.host)) return refuse('the declaration does not name its host');
      if (isOtherWire(absolute.scheme, wire)) return refuse('it is a WebSocket');
      return onWire(absolute.origin, wire) + (absolute.rest || '/');
    },
    hostOf: (url) => parseAbsolute(url)?.host ?? '',
  };
}

/** HTTP addresses lead to WebSockets, too; the other way round nothing is meant. */
function isOtherWire(scheme: AbsoluteAddress['scheme'], wire: Wire): boolean {
  return wire === 'http' && scheme.startsWith('ws');
}

function onWire(origin: string, wire: Wire): string {
  return wire === 'ws' ? origin.replace(/^http/, 'ws') : origin;
}

function nowhere(site: Site): Address {
  const mend = 'begin with /, with a host such as https://auth.example.com/, or with a captured address';
  tell(site, 'does not say where to go', mend);
  return { url: () => site.base.url, hostOf: () => site.base.host };
}
