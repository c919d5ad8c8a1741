import { join, relative } from 'node:path';
import { Mistakes } from '../../core/mistake.ts';
import type { Profile } from '../../core/profile.ts';
import { profiles } from '../../profiles/index.ts';
import type { SettingName } from '../../targets/reference/make.ts';
import type { OptionReader } from '../options.ts';
import type { Role } from '../storm/known-answer.ts';
import { RESULTS_FOLDER, refuseTaken, resultsName } from '../storm/results.ts';
import { makeNamed, settingNamed } from '../target/make.ts';
import { profileNamed } from './profile-named.ts';

/** One known answer that is to be checked: a profile on a reference target, with a seed. */
export interface Proof {
  readonly profile: Profile;
  readonly role: Role;
  /** As it stands behind `reference:`. */
  readonly target: string;
  readonly seed: number;
  readonly folder: string;
}

/** Reads which answers are to be proven, and where to; throws Mistakes, all at once. */
export function proofsAskedFor(options: OptionReader): { readonly proofs: readonly Proof[]; readonly json: boolean } {
  const repeat = options.count('repeat', 1, 1_000) ?? 1;
  const json = options.flag('json');
  const folder = options.text('out') ?? join(RESULTS_FOLDER, resultsName('prove', 'reference', new Date()));
  const named = options.words.flatMap((name) => options.attempt(() => profileNamed(name)) ?? []);
  const chosen = options.words.length > 0 ? [...new Set(named)] : profiles;
  const without = options.texts('without');
  const seeds = Array.from({ length: repeat }, (_, index) => index + 1);
  const proofs = chosen.flatMap((profile) => {
    const tried = options.attempt(() => triedOn(profile, without)) ?? [];
    return seeds.flatMap((seed) => tried.map((one) => proofOf(profile, one, seed, folder)));
  });
  options.attempt(() =>
    refuseTaken(
      folder,
      proofs.map((proof) => relative(folder, proof.folder)),
    ),
  );
  options.check();
  return { proofs, json };
}

type Tried = Pick<Proof, 'role' | 'target'>;

function proofOf(profile: Profile, { role, target }: Tried, seed: number, folder: string): Proof {
  return { profile, role, target, seed, folder: join(folder, profile.name, `${target}-${seed}`) };
}

/** The weak variant and the hardened one; or the hardened one without each of some settings. */
function triedOn(profile: Profile, without: readonly string[]): readonly Tried[] {
  const { weak, savedBy = [] } = profile.answers;
  if (without.length === 0) return [{ role: 'weak', target: weak }, HARDENED];
  const settings = without.flatMap((name) => (name === 'each' ? savedBy : [settingNamed(name, '--without')]));
  if (settings.length === 0) throw nothingSaves(profile);
  return [...new Set(settings)].map((setting) => lacking(setting as SettingName, weak));
}

const HARDENED: Tried = { role: 'hardened', target: 'hardened' };

/** The hardened one with a setting of the variant that dies. */
function lacking(setting: SettingName, weak: string): Tried {
  const target = `hardened,${setting}=${weak}`;
  makeNamed(target, '--without');
  return { role: 'less', target };
}

function nothingSaves({ name }: Profile): Mistakes {
  const what = `${name} names no setting that the hardened variant needs to survive it`;
  return Mistakes.of('--without', what, 'name one yourself: --without loginQueue');
}
