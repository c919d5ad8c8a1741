import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import type { MachineFacts } from '../core/event.ts';

/** The package this file belongs to; the build puts it one folder deeper than it is written. */
const PACKAGE = new URL(import.meta.url.endsWith('.ts') ? '../package.json' : '../../package.json', import.meta.url);

/** This program's version. */
export function version(): string {
  const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8'));
  return version;
}

/** What a recording says of the machine it was made on. */
export function machineFacts(): MachineFacts {
  const [first] = cpus();
  return {
    stormtest: version(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
  };
}
