import type { Cores } from './cores.ts';
import type { Goal } from './goal.ts';
import type { Part } from './options.ts';
import type { Field } from './peers/present.ts';
import type { Table } from './table.ts';

/** What every part of the benchmark is handed. */
export interface Bench {
  readonly rates: readonly number[];
  /** Seconds of one trial; parts that need less or more take a share or a multiple of it. */
  readonly seconds: number;
  readonly rounds: number;
  readonly cores: Cores | undefined;
  readonly field: Field;
  /** Exists, and is removed with all it holds when the benchmark ends. */
  readonly folder: string;
  /** Aborted when the benchmark is to end early; nothing may be left running then. */
  readonly signal: AbortSignal;
  /** Tells the person in front of the screen how far things are. */
  readonly tell: (line: string) => void;
}

/** What one part found. */
export interface Section {
  readonly part: Part;
  readonly title: string;
  readonly tables: readonly Table[];
  readonly goals: readonly Goal[];
  /** What a reader has to know to read the tables rightly. */
  readonly notes: readonly string[];
  /** Everything measured, trial by trial, for other programs. */
  readonly figures: unknown;
}
