import type { Fault } from '../../core/fault.ts';
import type { Means, Services } from '../../core/means.ts';
import { pathsOf } from '../../targets/reference/edge/bundle.ts';
import type { ReferenceOptions } from '../../targets/reference/start.ts';
import type { Proxies } from '../faults/proxies.ts';
import { isNeeded } from './services.ts';

/** What is put between the parts of a reference target because faults need it. */
export interface Between {
  readonly route: NonNullable<ReferenceOptions['route']>;
  /** The services of the target, with what was put before them. */
  over(services: Services): Services;
}

/** Long enough for a cap to be shown by it. */
const EDGE_FILE = pathsOf('full')[0] ?? '/';

/**
 * Puts a proxy before the database and each edge, and a relay before each media server, but only where one of the faults
 * goes through it: everything else is left as it is.
 */
export function betweenParts(faults: readonly Fault[], proxies: Proxies): Between {
  const before: { readonly database: Means[]; readonly media: Means[]; readonly cdn: Means[] } = {
    database: [],
    media: [],
    cdn: [],
  };
  return {
    async route(service, upstream, part, within) {
      if (service === 'database') {
        if (!isNeeded(service, before, faults, 'connections')) return upstream;
        const { listen, means } = await proxies.before(service, upstream);
        before.database.push({ ...means, speaks: { kind: 'postgres' } });
        return listen;
      }
      if (service === 'cdn') {
        if (!isNeeded(service, before, faults, 'connections')) return upstream;
        const { listen, means } = await proxies.before(part, upstream);
        before.cdn.push({ ...means, speaks: { kind: 'http', path: EDGE_FILE }, part });
        return listen;
      }
      if (!isNeeded(service, before, faults.filter(reaches(part, within)), 'datagrams')) return upstream;
      const { listen, means } = await proxies.relayed(part, upstream);
      // There and back is one path.
      if (!before.media.some((known) => known.part === part))
        before.media.push({ ...means, part, ...(within !== undefined && { within }) });
      return listen;
    },
    over: ({ database = [], media = [], cdn = [], ...others }) => ({
      ...others,
      database: [...before.database, ...database],
      ...(before.media.length + media.length > 0 && { media: [...before.media, ...media] }),
      ...(before.cdn.length + cdn.length > 0 && { cdn: [...before.cdn, ...cdn] }),
    }),
  };
}

/** Whether a fault is in a part; the ways between media servers are reached by those alone that name them. */
function reaches(part: string, within: string | undefined): (fault: Fault) => boolean {
  const isServer = part.startsWith('media-');
  return ({ part: named }) => (named === undefined ? isServer : named === part || named === within);
}
