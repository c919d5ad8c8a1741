import type { ServiceName } from '../../core/fault.ts';
import type { Means, Services, Speech, ToxiproxyMeans } from '../../core/means.ts';
import { type Mistake, Mistakes } from '../../core/mistake.ts';
import { authorityOf, type Stormed, strangerTo } from './authorities.ts';
import type { SystemDeclaration, WrittenMeans, WrittenSpeech } from './declaration.ts';

/** Where the Toxiproxy is that declared proxies are in, when they do not say so themselves. */
const TOXIPROXY = 'http://127.0.0.1:8474';

/**
 * The services of a declaration in the words of faults. Throws Mistakes: each way names exactly one thing, and a front is
 * before a host and port that the load connects to.
 */
export function servicesOf(
  declaration: Stormed & Pick<SystemDeclaration, 'services'>,
  where: string,
  toxiproxy: string = TOXIPROXY,
): Services {
  const mistakes: Mistake[] = [];
  const read = Object.entries(declaration.services ?? {}).map(([name, ways]) => {
    const means = ways.flatMap((way, index) => {
      const place = `${where}.services.${name}[${index}]`;
      const found = meansOf(way, declaration, toxiproxy);
      if (typeof found !== 'string') return [{ ...found, ...(way.part !== undefined && { part: way.part }) }];
      mistakes.push({ where: place, what: found });
      return [];
    });
    return [name as ServiceName, means] as const;
  });
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  return Object.fromEntries(read);
}

/** One way to put a fault in, or what is wrong with it. */
function meansOf(written: WrittenMeans, declaration: Stormed, api: string): Means | string {
  const { part: _, ...ways } = written;
  const [name, ...more] = Object.keys(ways);
  if (name === undefined || more.length > 0) return 'has to name exactly one way: toxiproxy, front, relay, process …';
  const { toxiproxy, front, relay, process, volume, connections, command, kubectl } = written;
  if (toxiproxy) return { by: 'toxiproxy', api, ...toxiproxy, speaks: speechOf(toxiproxy.speaks) } as ToxiproxyMeans;
  if (front) {
    const upstream = front.upstream?.toLowerCase() ?? authorityOf(declaration.url) ?? declaration.url;
    if (!/^\S+:\d{1,5}$/.test(upstream)) return `"${upstream}" is no host and port`;
    // A fault there would be shown to bite, and nobody of the load would meet it.
    return strangerTo(upstream, declaration) ?? { by: 'front', upstream, speaks: speechOf(front.speaks) };
  }
  if (relay) return { by: 'candidates' };
  if (process) return { by: 'process', ...process };
  if (volume) return { by: 'volume', ...volume };
  if (connections) return { by: 'connections', ...connections };
  if (command) return { by: 'command', ...command };
  if (kubectl) return podsOf(kubectl);
  return `"${name}" is not known`;
}

/** What keeps a cluster itself going is nothing of a conferencing system. */
const OF_THE_CLUSTER = /^kube-/;
/** A name of Kubernetes (RFC 1123), and a selector of labels: no word that kubectl could take for an option. */
const NAME = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;
const SELECTOR = /^[A-Za-z0-9][\w./=!, ()-]*$/;

function podsOf(written: NonNullable<WrittenMeans['kubectl']>): Means | string {
  const { namespace, pod, label } = written;
  if ((pod === undefined) === (label === undefined)) return 'has to name either a pod or a label';
  if (!NAME.test(namespace)) return `"${namespace}" is no namespace`;
  if (OF_THE_CLUSTER.test(namespace)) return `${namespace} is the cluster's own: nothing is deleted there`;
  if (pod !== undefined && !NAME.test(pod)) return `"${pod}" is no name of a pod`;
  if (label !== undefined && !SELECTOR.test(label)) return `"${label}" is no selector of labels`;
  return { by: 'kubectl', ...written };
}

function speechOf(written: WrittenSpeech): Speech {
  return typeof written === 'string' ? { kind: written } : { kind: 'http', path: written.http };
}
