import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Interrupted } from '../cli/interruption.ts';
import { EXIT } from '../core/exit.ts';
import { Mistakes, sentence } from '../core/mistake.ts';
import { amount } from '../reports/format.ts';
import type { Section } from './bench.ts';
import { pickCores } from './cores.ts';
import { machineOf } from './machine.ts';
import { type Options, readOptions } from './options.ts';
import { coresOfOthers } from './others.ts';
import { parts } from './parts/index.ts';
import { presentPeers } from './peers/present.ts';
import { headLines, sectionLines } from './text.ts';

/** The entry of the benchmark, and the only place that ends it. */
process.exit(await answerTo(process.argv.slice(2)));

async function answerTo(args: readonly string[]): Promise<number> {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => stopping.abort(new Interrupted(`interrupted by ${name}`)));
  try {
    await measure(readOptions(args), stopping.signal);
    return EXIT.survived;
  } catch (thrown) {
    if (thrown instanceof Mistakes) for (const mistake of thrown.list) tell(sentence(mistake));
    else tell(thrown instanceof Interrupted ? thrown.message : String((thrown as Error).stack));
    if (thrown instanceof Mistakes) return thrown.exitCode;
    return thrown instanceof Interrupted ? EXIT.interrupted : EXIT.broken;
  }
}

/** Measures part by part; each is printed as soon as it is known, all of them together as JSON. */
async function measure({ only, json, ...options }: Options, signal: AbortSignal): Promise<void> {
  const began = new Date().toISOString();
  const cores = pickCores();
  const machine = machineOf(cores);
  const field = presentPeers();
  const folder = mkdtempSync(join(tmpdir(), 'stormtest-bench-'));
  const print = (lines: readonly string[]) => void process.stdout.write(`${lines.join('\n')}\n\n`);
  const sections: Section[] = [];
  try {
    if (!json) print(headLines(machine, field, began));
    for (const part of only) {
      signal.throwIfAborted();
      const others = await coresOfOthers(signal);
      const measured = await parts[part]({ ...options, cores, field, folder, signal, tell });
      const section = { ...measured, notes: [...measured.notes, disturbedBy(others)] };
      sections.push(section);
      if (!json) print(sectionLines(section));
    }
    const peers = field.peers.map(({ name, version, model }) => ({ name, version, model }));
    if (json)
      print([JSON.stringify({ began, machine, options, peers, skipped: field.skipped, sections }, undefined, 2)]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function disturbedBy(others: number): string {
  return `In the second before, others kept ${amount(others)} cores of this machine busy.`;
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
