import type { ServiceName } from '../../../core/fault.ts';
import { at } from '../compile/site.ts';
import type { SystemDeclaration, WrittenMeans } from '../declaration.ts';
import type { Place } from './settle.ts';

type WrittenServices = NonNullable<SystemDeclaration['services']>;
type Filled = (text: string, place: Place) => string;

/**
 * Puts variables of the environment into the addresses and paths of services. Commands stay as they are: they are run by
 * a shell, which has variables of its own.
 */
export function settledServices(services: WrittenServices, place: Place, filled: Filled): WrittenServices {
  const settledOnes = Object.entries(services).map(([name, ways]) => [
    name,
    ways.map((way, index) => settledMeans(way, at(at(place, name), index), filled)),
  ]);
  return Object.fromEntries(settledOnes) as Partial<Record<ServiceName, readonly WrittenMeans[]>>;
}

function settledMeans(way: WrittenMeans, place: Place, filled: Filled): WrittenMeans {
  const { toxiproxy, front, process, volume, connections, kubectl } = way;
  const text = (value: string, ...keys: readonly string[]) => filled(value, keys.reduce(at, place));
  return {
    ...way,
    ...(toxiproxy?.api && { toxiproxy: { ...toxiproxy, api: text(toxiproxy.api, 'toxiproxy', 'api') } }),
    ...(front?.upstream && { front: { ...front, upstream: text(front.upstream, 'front', 'upstream') } }),
    ...(typeof process?.pid === 'object' && {
      process: { ...process, pid: { file: text(process.pid.file, 'process', 'pid', 'file') } },
    }),
    ...(volume && { volume: { ...volume, path: text(volume.path, 'volume', 'path') } }),
    ...(kubectl && { kubectl: settledPods(kubectl, at(place, 'kubectl'), filled) }),
    ...(connections && { connections: { ...connections, url: text(connections.url, 'connections', 'url') } }),
  };
}

function settledPods<Pods extends object>(pods: Pods, place: Place, filled: Filled): Pods {
  const settledOnes = Object.entries(pods).map(([name, value]) => [name, filled(String(value), at(place, name))]);
  return Object.fromEntries(settledOnes) as Pods;
}
