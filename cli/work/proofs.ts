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
  /** The hardenings that are taken away from it. */
  readonly without: readonly SettingName[];
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

type Tried = Pick<Proof, 'role' | 'target' | 'without'>;

function proofOf(profile: Profile, tried: Tried, seed: number, folder: string): Proof {
  return { profile, ...tried, seed, folder: join(folder, profile.name, `${tried.target}-${seed}`) };
}

/** The weak variant and the hardened one; or the hardened one without each of some settings, or pairs of them. */
function triedOn(profile: Profile, without: readonly string[]): readonly Tried[] {
  const { weak, savedBy = [] } = profile.answers;
  if (without.length === 0) return [{ role: 'weak', target: weak, without: [] }, HARDENED];
  const taken = without.flatMap((named) => (named === 'each' ? savedBy : [named]));
  if (taken.length === 0) throw nothingSaves(profile);
  return [...new Set(taken)].map((named) => lacking(named, weak));
}

const HARDENED: Tried = { role: 'hardened', target: 'hardened', without: [] };

/** The hardened one with a setting of the variant that dies, or with several: `one,other`. */
function lacking(named: string, weak: string): Tried {
  const without = [...new Set(named.split(','))].map((name) => settingNamed(name, '--without'));
  const target = ['hardened', ...without.map((setting) => `${setting}=${weak}`)].join(',');
  makeNamed(target, '--without');
  return { role: 'less', target, without };
}

function nothingSaves({ name }: Profile): Mistakes {
  const what = `${name} names no setting that the hardened variant needs to survive it`;
  return Mistakes.of('--without', what, 'name one yourself: --without loginQueue');
}
