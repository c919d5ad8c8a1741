import type { Bench, Section } from '../bench.ts';
import type { Part } from '../options.ts';
import { cpu } from './cpu.ts';

/** How every part is measured. */
export const parts = { cpu } as unknown as Readonly<Record<Part, (bench: Bench) => Promise<Section>>>;
