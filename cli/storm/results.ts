import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Mistake, Mistakes } from '../../core/mistake.ts';

/** The files one run leaves. */
export interface Results {
  readonly folder: string;
  readonly recording: string;
  readonly ledger: string;
  readonly json: string;
  readonly html: string;
}

/** Where results go when nobody says otherwise. */
export const RESULTS_FOLDER = 'stormtest-results';

/** Makes the folder for the results of a run; throws Mistakes when it cannot be made. */
export function resultsIn(folder: string): Results {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw Mistakes.of('--out', `cannot make the folder ${folder}: ${(error as Error).message}`);
  }
  return resultsAt(folder);
}

/** Throws Mistakes when a folder, or one of those of the runs inside it, holds a run already or cannot be made. */
export function refuseTaken(folder: string, runs: readonly string[]): void {
  const places = ['', ...runs].map((run) => join(folder, run));
  const taken = [...new Set(places)].filter((place) => FILES.some((file) => existsSync(join(place, file))));
  const mistakes: Mistake[] = taken.map((place) => ({
    where: '--out',
    what: `${place} holds the results of another run`,
    mend: 'name another folder; nothing is overwritten',
  }));
  const obstacle = obstacleTo(resolve(folder));
  if (obstacle) mistakes.push({ where: '--out', what: obstacle, mend: 'name another folder' });
  if (mistakes.length > 0) throw new Mistakes(mistakes);
}

const FILES = ['recording.jsonl', 'ledger.jsonl', 'report.json', 'report.html'] as const;

function resultsAt(folder: string): Results {
  const [recording, ledger, json, html] = FILES;
  const at = (file: string) => join(folder, file);
  return { folder, recording: at(recording), ledger: at(ledger), json: at(json), html: at(html) };
}

/** What keeps a folder from being made or written to: something on the way that is a file, or that is closed. */
function obstacleTo(folder: string): string | undefined {
  let nearest = folder;
  while (!existsSync(nearest)) nearest = dirname(nearest);
  if (!statSync(nearest).isDirectory()) return `${nearest} is not a folder`;
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK);
    return undefined;
  } catch {
    return `${nearest} may not be written to`;
  }
}

/** A folder name that says what ran and when: `20260309-090000-login-storm-reference-2020`. */
export function resultsName(profile: string, target: string, at: Date): string {
  const stamp = at.toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `${stamp}-${profile}-${target.replaceAll(/[^A-Za-z0-9.]+/g, '-')}`;
}
