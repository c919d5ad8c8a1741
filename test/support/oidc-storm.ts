import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { People } from '../../generators/people.ts';
import type { JsonReport } from '../../reports/json.ts';
import { stormtest } from './command-line.ts';
import {
  capacityOf,
  type Look,
  type OidcProvider,
  type ProviderOptions,
  startProvider,
  watching,
} from './oidc-provider.ts';

/** The example that users are given; it cannot rot while the storms of the tests go through it. */
export const OIDC_CONFIG = fileURLToPath(new URL('../../examples/oidc/stormtest.config.yaml', import.meta.url));

/** A provider after its storm. */
export interface Stormed {
  /** Still running. */
  readonly provider: OidcProvider;
  readonly code: number | null;
  readonly report: JsonReport;
  /** The provider's own counters, from before the storm to its end. */
  readonly looks: readonly Look[];
  /** Logins per second that it can do, measured just before. */
  readonly capacity: number;
  readonly baseRate: number;
  /** Everything that was printed and left in files. */
  readonly written: string;
}

/** What a storm needs: everybody who has an account, and a folder for everything it writes. */
export interface OidcStorm extends Omit<ProviderOptions, 'people'> {
  readonly folder: string;
  readonly people: People;
  /** Arrivals per second of the base load; a good quarter of what the provider can do, when nobody says. */
  readonly baseRate?: number;
}

/** Storms a provider as its owner would; once more, with a fresh one, when the machine was too busy to prove anything. */
export async function stormed(storm: OidcStorm): Promise<Stormed> {
  const first = await stormedOnce(storm);
  if (first.report.verdict !== 'invalid') return first;
  await first.provider.stop();
  return stormedOnce({ ...storm, rounds: first.provider.rounds, baseRate: first.baseRate });
}

async function stormedOnce({ folder, people, baseRate: asked, ...options }: OidcStorm): Promise<Stormed> {
  const provider = await startProvider({ people: accountsFile(people, folder), ...options });
  try {
    const capacity = await capacityOf(provider, people.person(0));
    const baseRate = asked ?? Math.min(30, Math.max(20, Math.round(0.29 * capacity)));
    const out = mkdtempSync(join(folder, 'results-'));
    const watch = watching(provider);
    const args = [
      '--target',
      'provider',
      '--config',
      OIDC_CONFIG,
      '--base-rate',
      String(baseRate),
      '--json',
      '--out',
      out,
    ];
    const { code, stdout, stderr } = await stormtest(['login-storm', ...args], { cwd: folder, env: provider.env });
    const looks = await watch.stop();
    if (stdout === '') throw new Error(`exit ${code}: ${stderr}`);
    const files = readdirSync(out).map((file) => readFileSync(join(out, file), 'utf8'));
    const written = [stdout, stderr, ...files].join('\n');
    return { provider, code, report: JSON.parse(stdout), looks, capacity, baseRate, written };
  } catch (thrown) {
    await provider.stop();
    throw thrown;
  }
}

/** Writes a CSV file with an account for everybody, as `people.file` wants it. */
export function accountsFile(people: People, folder: string): string {
  const file = join(folder, 'people.csv');
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const everybody = Array.from({ length: people.count }, (_, index) => people.person(index));
  const rows = everybody.map(({ email, password, name }) => [email, password, name].map(quoted).join(','));
  writeFileSync(file, ['email,password,name', ...rows, ''].join('\n'));
  return file;
}

/** The first and the last look at a provider within a phase. */
export function looksIn({ report, looks }: Stormed, name: string): { readonly first: Look; readonly last: Look } {
  const phase = report.run.phases.find((one) => one.name === name);
  const began = Date.parse(report.run.startedAt);
  const within = looks.filter(
    ({ at }) => at >= began + 1_000 * Number(phase?.fromSeconds) && at <= began + 1_000 * Number(phase?.toSeconds),
  );
  const [first, last] = [within[0], within.at(-1)];
  if (!first || !last || first === last) throw new Error(`the provider told too little in the ${name}`);
  return { first, last };
}

/** How far a counter of the provider rose in the whole run. */
export function counted({ looks }: Stormed, name: 'granted' | 'denied'): number {
  return Number(looks.at(-1)?.[name]) - Number(looks[0]?.[name]);
}
