import { bytes } from '../reports/format.ts';
import type { Section } from './bench.ts';
import { goalLine } from './goal.ts';
import type { Machine } from './machine.ts';
import type { Field } from './peers/present.ts';
import { tableLines } from './table.ts';

/** What stands above all tables: the machine, who takes part, and who cannot. */
export function headLines(machine: Machine, { peers, skipped }: Field, began: string): string[] {
  const { cpu, cores, memoryBytes, platform, kernel, node, pinned } = machine;
  return [
    `stormtest's benchmark of itself, ${began}`,
    `machine: ${cpu}, ${cores} cores, ${bytes(memoryBytes)}, ${platform} ${kernel}, Node ${node}`,
    pinned
      ? `cores: servers on ${pinned.server}, clients on ${pinned.client}`
      : 'cores: nothing is pinned (taskset is not here), so that clients and servers disturb each other',
    `clients: ${peers.map(({ name, version, model }) => `${name} ${version} (${model} model)`).join(', ')}`,
    ...skipped.map((reason) => `skipped: ${reason}`),
  ];
}

/** What one part found: tables, goals, notes. */
export function sectionLines({ title, tables, goals, notes }: Section): string[] {
  return [
    `## ${title}`,
    '',
    ...tables.flatMap((table) => [...tableLines(table), '']),
    ...goals.map(goalLine),
    ...(notes.length > 0 ? ['', ...notes.map((note) => `- ${note}`)] : []),
  ];
}
