import type { FoundMetrics } from '../detector.ts';
import { metricsYaml } from '../metrics-pages.ts';

const METRICS = `    # metrics:                            # what prometheus.port of its configuration says
    #   - { name: livekit, url: http://127.0.0.1:6789/metrics, presets: [livekit] }
`;

/** The declaration of a LiveKit server; its key cannot be seen from outside. */
export function livekitDeclarationYaml(url: string, metrics: readonly FoundMetrics[]): string {
  return `  mine:                                   # stormtest 500-user-ceiling --target mine
    kind: livekit                         # a LiveKit server (docs/livekit.md)
    url: ${url}
    # The key that tokens are issued by, and its secret, both from the environment.
    key: "\${env.LIVEKIT_API_KEY}"
    secret: "\${env.LIVEKIT_API_SECRET}"
    # capacity: { join: 100 }             # participants at once that you hold it to
    # tls: { insecure: true }             # accept a certificate nobody vouches for
    people: { count: 1000 }               # made up: tokens are all they need

${metricsYaml(metrics) || METRICS}`;
}
