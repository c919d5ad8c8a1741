import type { FoundMetrics } from '../detector.ts';
import { metricsYaml } from '../metrics-pages.ts';

/** How streams are named below the endpoints that are known; where another one is, that cannot be seen. */
const STREAMS: Readonly<Record<string, { readonly publish: string; readonly view: string }>> = {
  '/rtc/v1/whip/': {
    publish: '/rtc/v1/whip/?app=live&stream={meeting}-{person}',
    view: '/rtc/v1/whep/?app=live&stream={meeting}-{person}',
  },
};

/** The declaration of a server of WHIP, whose endpoint was heard at a path below the address. */
export function whipDeclarationYaml(url: string, path: string, metrics: readonly FoundMetrics[]): string {
  const below = path.replace(/\/+$/, '');
  const { publish, view } = STREAMS[path] ?? {
    publish: `${below}/{meeting}-{person}`,
    view: `${below.replace(/whip/, 'whep')}/{meeting}-{person}`,
  };
  return `  mine:                                   # stormtest 500-user-ceiling --target mine
    kind: whip                            # a server of WHIP and WHEP (docs/whip.md), experimental
    url: ${url}
    # How are streams named there? {meeting} and {person} stand for whose they are.
    publish: "${publish}"
    view: "${view}"
    # token: "\${env.WHIP_TOKEN}"         # its bearer token, where it wants one
    # publishers: 4                       # how many of a meeting send; the others view
    # candidates: offered                 # in the offer, where it cannot be told later (PATCH)
    # capacity: { join: 100 }             # participants at once that you hold it to
    # tls: { insecure: true }             # accept a certificate nobody vouches for
    people: { count: 1000 }               # made up: it has no accounts

${metricsYaml(metrics)}`;
}
