import type { ConnectionsMeans } from '../../../core/means.ts';
import { CannotInject } from '../../injector.ts';

/** Where a database is, who signs in, and how the connection is kept from others. */
export interface Login {
  /** A host and a port, or the path of a Unix socket. */
  readonly address: { readonly host: string; readonly port: number } | { readonly path: string };
  readonly user: string;
  /** A secret. */
  readonly password: string;
  readonly database: string;
  /** As libpq's sslmode; `prefer` takes TLS where the server offers it. */
  readonly tls: TlsMode;
}

const TLS_MODES = ['disable', 'prefer', 'require', 'verify-full'] as const;
type TlsMode = (typeof TLS_MODES)[number];

const PORTS = { postgres: '5432', mysql: '3306' } as const;
const SCHEMES = { postgres: ['postgres:', 'postgresql:'], mysql: ['mysql:', 'mariadb:'] } as const;

/** Reads the URL of a database; throws CannotInject, which never repeats the URL. */
export function loginOf({ server, url }: Pick<ConnectionsMeans, 'server' | 'url'>): Login {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !SCHEMES[server].some((scheme) => scheme === parsed.protocol)) {
    throw new CannotInject(`the URL of the database is none that begins with ${SCHEMES[server][0]}//`);
  }
  const given = parsed.searchParams;
  const tls = given.get('sslmode') ?? 'prefer';
  if (!isTlsMode(tls)) throw new CannotInject(`the URL of the database: sslmode has to be ${TLS_MODES.join(', ')}`);
  const user = decodeURIComponent(parsed.username) || (given.get('user') ?? '');
  if (user === '') throw new CannotInject('the URL of the database names no user');
  const named = decodeURIComponent(parsed.pathname.slice(1));
  return {
    address: addressOf(server, parsed),
    user,
    password: decodeURIComponent(parsed.password),
    // PostgreSQL has a database for everybody by their name.
    database: named || (server === 'postgres' ? user : ''),
    tls,
  };
}

function addressOf(server: ConnectionsMeans['server'], { hostname, port, searchParams }: URL): Login['address'] {
  const socket = searchParams.get('socket');
  if (socket !== null) return { path: socket };
  const host = searchParams.get('host') ?? hostname.replace(/^\[(.*)\]$/, '$1');
  const number = port || (searchParams.get('port') ?? PORTS[server]);
  if (host.startsWith('/')) return { path: `${host}/.s.PGSQL.${number}` };
  return { host: host || 'localhost', port: Number(number) };
}

function isTlsMode(text: string): text is TlsMode {
  return TLS_MODES.some((mode) => mode === text);
}
