import { readFileSync } from 'node:fs';

/** Datagrams dropped by the kernel, by the local port of their socket. */
export type MissedByPort = ReadonlyMap<number, number>;

/**
 * How many datagrams the kernel has dropped because we did not fetch them in time.
 * Undefined where the kernel does not tell (it does on Linux, in the last column of /proc/net/udp and udp6).
 */
export function missedByPort(): MissedByPort | undefined {
  try {
    const missed = new Map<number, number>();
    for (const file of ['/proc/net/udp', '/proc/net/udp6']) count(readFileSync(file, 'utf8'), missed);
    return missed;
  } catch {
    return undefined;
  }
}

function count(table: string, missed: Map<number, number>): void {
  for (const line of table.split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/);
    const port = Number.parseInt(fields[1]?.split(':')[1] ?? '', 16);
    const drops = Number(fields.at(-1));
    if (port > 0 && drops > 0) missed.set(port, (missed.get(port) ?? 0) + drops);
  }
}
