import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { profiles } from '../../profiles/index.ts';
import { differsIn, SETTING_NAMES, type SettingName } from '../../targets/reference/make.ts';
import { VARIANTS, type VariantName } from '../../targets/reference/variants.ts';

const text = readFileSync(new URL('../../docs/mutations.md', import.meta.url), 'utf8');
const rows = [...text.matchAll(/^\| `([\w-]+)` *\| `([\w,]+)` *\| (\w+) *\| *[\d.]+ \| (narrowly: )?/gm)].map(
  ([, profile = '', without = '', verdict = '', narrowly]) => ({ profile, without, verdict, isClear: !narrowly }),
);

test('what is told of a hardening was seen of an incident that there is, and of a setting that is otherwise', () => {
  expect(rows.length).toBeGreaterThan(10);
  for (const { profile, without, verdict } of rows) {
    expect(verdict).toMatch(/^(survived|degraded|died)$/);
    const weak = profiles.find(({ name }) => name === profile)?.answers.weak;
    expect(weak, profile).toBeDefined();
    for (const setting of without.split(',')) {
      expect(SETTING_NAMES).toContain(setting);
      expect(differsIn(setting as SettingName, 'hardened', weak as VariantName)).toBe(true);
    }
  }
});

test('a profile is saved by what it was clearly seen not to survive without, and by nothing else', () => {
  const missed = rows.filter(({ verdict, isClear }) => verdict !== 'survived' && isClear);
  for (const { name, answers } of profiles) {
    const seen = missed.filter(({ profile }) => profile === name).map(({ without }) => without);
    expect((answers.savedBy ?? []).toSorted(), name).toEqual(seen.toSorted());
  }
});

test('every hardening is told of', () => {
  const weak = (Object.keys(VARIANTS) as VariantName[]).filter((name) => name !== 'hardened');
  const hardenings = SETTING_NAMES.filter((setting) => weak.some((name) => differsIn(setting, 'hardened', name)));
  expect(hardenings.filter((setting) => !new RegExp(`[\`,]${setting}[\`,]`).test(text))).toEqual([]);
});
