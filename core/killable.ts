import { SERVICES, type ServiceName } from './fault.ts';
import type { Means, Services } from './means.ts';

/** How many parts of each service a kill can reach; services of which it reaches none are left out. */
export function killableIn(services: Services): Readonly<Partial<Record<ServiceName, number>>> {
  const counts = SERVICES.map((name) => [name, (services[name] ?? []).filter(canBeKilled).length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

function canBeKilled(means: Means): boolean {
  return means.by === 'process' || means.by === 'kubectl' || (means.by === 'command' && means.can.includes('kill'));
}
