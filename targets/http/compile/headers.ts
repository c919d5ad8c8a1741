import type { Headers } from '../../../core/transport.ts';
import type { Credentials } from '../declaration.ts';
import { BASIC_USER, basicCredentials, HEADER, RAW } from './encoding.ts';
import { assemble, encode, type Renderer, rendererOf } from './renderer.ts';
import type { Values } from './scope.ts';
import { at, type Site, tell } from './site.ts';
import { parseTemplate } from './template.ts';

/** Fills the headers of one request; `cookie` is what the jar adds. */
export type HeadersOf = (values: Values, cookie: string | undefined) => Headers;

/** Names that the transport sets itself: another value would break the connection or the count of bytes. */
const OF_THE_TRANSPORT =
  /^(?:connection|content-length|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade|sec-websocket-.+)$/;

/** Reads headers and credentials; `defaults` give way to what is declared. */
export function headersOf(credentials: Credentials, defaults: Headers, site: Site): HeadersOf {
  const renderers = new Map<string, Renderer>(
    Object.entries(defaults).map(([name, value]) => [name, constantly(value)]),
  );
  const declared = declaredHeaders(credentials.headers ?? {}, at(site, 'headers'));
  for (const [name, renderer] of [...declared, ...authorization(credentials, declared, site)])
    renderers.set(name, renderer);
  const constant: Record<string, string> = {};
  const filled: (readonly [string, Renderer])[] = [];
  for (const [name, renderer] of renderers) {
    if (renderer.constant === undefined) filled.push([name, renderer]);
    else constant[name] = renderer.constant;
  }
  return (values, cookie) => {
    if (filled.length === 0 && cookie === undefined) return constant;
    const headers = { ...constant };
    for (const [name, { render }] of filled) headers[name] = render(values);
    if (cookie !== undefined) headers.cookie = headers.cookie ? `${headers.cookie}; ${cookie}` : cookie;
    return headers;
  };
}

function declaredHeaders(headers: NonNullable<Credentials['headers']>, site: Site): Map<string, Renderer> {
  const renderers = new Map<string, Renderer>();
  for (const [name, value] of Object.entries(headers)) {
    const here = at(site, name);
    const lowerCase = name.toLowerCase();
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) tell(here, 'is not the name of a header', 'a name such as x-client');
    else if (OF_THE_TRANSPORT.test(lowerCase)) tell(here, 'is set by the transport', 'leave it out');
    else if (renderers.has(lowerCase)) tell(here, 'is there twice: case does not matter', 'leave one out');
    renderers.set(lowerCase, rendererOf(String(value), HEADER, here));
  }
  return renderers;
}

function authorization(
  { basic, bearer }: Credentials,
  declared: ReadonlyMap<string, Renderer>,
  site: Site,
): Map<string, Renderer> {
  const ways = [basic && 'basic', bearer !== undefined && 'bearer', declared.has('authorization') && 'authorization'];
  const said = ways.filter(Boolean);
  if (said.length > 1) tell(site, `says twice who asks: ${said.join(', ')}`, 'keep one of them');
  if (basic) return new Map([['authorization', basicRenderer(basic, at(site, 'basic'))]]);
  if (bearer === undefined) return new Map();
  const here = at(site, 'bearer');
  const token = encode(parseTemplate(bearer, here), HEADER, here);
  return new Map([['authorization', assemble(['Bearer ', ...token], HEADER, here.path)]]);
}

function basicRenderer(basic: NonNullable<Credentials['basic']>, site: Site): Renderer {
  const user = rendererOf(basic.user, BASIC_USER, at(site, 'user'));
  const password = rendererOf(basic.password, RAW, at(site, 'password'));
  if (user.constant !== undefined && password.constant !== undefined)
    return constantly(basicCredentials(user.constant, password.constant));
  return { constant: undefined, render: (values) => basicCredentials(user.render(values), password.render(values)) };
}

function constantly(text: string): Renderer {
  return { constant: text, render: () => text };
}
