import { resolve } from 'node:path';
import type { Means, Services } from '../../core/means.ts';

/** Lets the paths of services begin, and their commands run, in the folder of the configuration that names them. */
export function rooted(services: Services, folder: string): Services {
  const ready = Object.entries(services).map(([name, all]) => [name, all.map((means) => rootedMeans(means, folder))]);
  return Object.fromEntries(ready);
}

function rootedMeans(means: Means, folder: string): Means {
  const at = (path: string) => resolve(folder, path);
  switch (means.by) {
    case 'process': {
      const { pid, cgroup } = means;
      return {
        ...means,
        pid: typeof pid === 'number' ? pid : { file: at(pid.file) },
        ...(cgroup !== undefined && { cgroup: at(cgroup) }),
        folder: at('.'),
      };
    }
    case 'volume':
      return { ...means, path: at(means.path) };
    case 'command':
      return { ...means, folder: at('.') };
    default:
      return means;
  }
}
