import type { FoundMetrics } from '../detector.ts';
import { metricsYaml } from '../metrics-pages.ts';

interface Found {
  /** Undefined where the server did not tell. */
  readonly domain: string | undefined;
  readonly mechanisms: readonly string[];
  readonly rooms: string | undefined;
}

/** The declaration of an XMPP server that was found, with what has to be known of it besides. */
export function xmppDeclarationYaml(
  url: string,
  { domain, mechanisms, rooms }: Found,
  metrics: readonly FoundMetrics[],
): string {
  const anonymous = mechanisms.length > 0 && mechanisms.every((name) => name === 'ANONYMOUS');
  const unknown = '                 # not found: whose accounts are there?';
  return `  mine:                                   # stormtest login-storm --target mine
    kind: xmpp                            # XMPP over WebSocket, with rooms (docs/targets.md)
    url: ${url}
    websocket: /xmpp-websocket
    domain: ${domain ?? `localhost${unknown}`}
    rooms: ${rooms ?? `conference.${domain ?? 'localhost'}`}${rooms === undefined ? '         # the usual one: is it that of your rooms?' : ''}
    login: ${anonymous ? 'anonymous                      # nobody needs an account' : 'password                       # or anonymous, where nobody needs an account'}
    # capacity: { login: 120 }            # logins per second you hold it to; without it, it is judged by its own best
    # tls: { insecure: true }             # accept a certificate nobody vouches for

    # Who signs in, as what stands before the @ of their address: accounts of yours (a CSV file: email,password,name), or
    # people who are made up, always the same for the same seed.
    people: { count: 1000 }               # or: { file: people.csv }

${
  metricsYaml(metrics) ||
  `    # metrics:                            # mod_http_openmetrics of Prosody
    #   - { name: prosody, url: /metrics, presets: [prosody] }
`
}
    # How faults reach it (docs/faults.md).
    # services:
    #   auth:
    #     - process: { pid: { file: /run/prosody/prosody.pid }, restart: systemctl start prosody }
`;
}
