import type { FoundMetrics } from '../detector.ts';
import { metricsYaml } from '../metrics-pages.ts';

const METRICS = `    # metrics:                            # Janus tells none itself: an exporter beside it does, or what watches the machine
    #   - { name: process, url: http://127.0.0.1:9256/metrics, presets: [process] }
`;

/** The declaration of a Janus server; `websocket` is where its API was heard, below the address. */
export function janusDeclarationYaml(
  url: string,
  websocket: string | undefined,
  metrics: readonly FoundMetrics[],
): string {
  const unknown = '                          # not heard there: where is its WebSocket?';
  return `  mine:                                   # stormtest 500-user-ceiling --target mine
    kind: janus                           # a Janus server with the plugin VideoRoom (docs/janus.md)
    url: ${url}
    websocket: ${websocket ?? `/${unknown}`}
    # secret: "\${env.JANUS_SECRET}"       # api_secret of its configuration
    # roomKey: "\${env.JANUS_ROOM_KEY}"    # admin_key of the plugin
    # ids: strings                        # string_ids of the plugin is on
    # publishers: 1000                    # how many may send in a room at once
    # capacity: { join: 100 }             # participants at once that you hold it to
    # tls: { insecure: true }             # accept a certificate nobody vouches for
    people: { count: 1000 }               # made up: Janus has no accounts

${metricsYaml(metrics) || METRICS}
    # How faults reach it (docs/faults.md).
    # services:
    #   media:
    #     - process: { pid: { file: /run/janus.pid }, restart: systemctl start janus }
`;
}
