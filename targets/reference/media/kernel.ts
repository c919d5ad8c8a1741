import { readFileSync } from 'node:fs';

/**
 * Datagrams that the kernel has dropped because the socket of a port was not read in time; undefined where it does not
 * tell (it does on Linux, in the last column of /proc/net/udp).
 */
export function droppedByKernel(port: number): number | undefined {
  try {
    for (const line of readFileSync('/proc/net/udp', 'utf8').split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      if (Number.parseInt(fields[1]?.split(':')[1] ?? '', 16) === port) return Number(fields.at(-1));
    }
    return 0;
  } catch {
    return undefined;
  }
}
