import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Mistakes } from '../../core/mistake.ts';

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

/** Makes the folder for the results of a run; throws Mistakes when it holds another run's already. */
export function resultsIn(folder: string): Results {
  const results = {
    folder,
    recording: join(folder, 'recording.jsonl'),
    ledger: join(folder, 'ledger.jsonl'),
    json: join(folder, 'report.json'),
    html: join(folder, 'report.html'),
  };
  if (existsSync(results.recording))
    throw Mistakes.of('--out', `${folder} holds a recording already`, 'name another folder; nothing is overwritten');
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw Mistakes.of('--out', `cannot make the folder ${folder}: ${(error as Error).message}`);
  }
  return results;
}

/** A folder name that says what ran and when: `20260309-090000-login-storm-reference-2020`. */
export function resultsName(profile: string, target: string, at: Date): string {
  const stamp = at.toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `${stamp}-${profile}-${target.replaceAll(/[^A-Za-z0-9.]+/g, '-')}`;
}
