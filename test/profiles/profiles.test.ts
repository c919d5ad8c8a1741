import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plan } from '../../core/planning/plan.ts';
import { profiles, unproven } from '../../profiles/index.ts';
import { upTo } from '../../profiles/stages.ts';
import { differsIn, type SettingName } from '../../targets/reference/make.ts';
import { MEDIA_SETTINGS } from '../../targets/reference/media/settings.ts';
import type { VariantName } from '../../targets/reference/variants.ts';
import { SETTINGS } from '../../targets/reference/variants.ts';

test.each([...profiles, ...unproven].map(({ name }) => name))('%s is at most 40 lines of data', (name) => {
  const lines = readFileSync(`profiles/${name}.ts`, 'utf8').trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(40);
});

test('a load comes up to its rate and is held there', () => {
  expect(upTo(225, { within: '12s', held: '60s' })).toEqual([
    { duration: '12s', target: 225 },
    { duration: '60s', target: 225 },
  ]);
});

test('what is not proven is no command, and can be planned all the same', () => {
  for (const profile of unproven) {
    expect(profiles).not.toContain(profile);
    expect(plan(profile).scenarios).toHaveLength(profile.scenarios.length);
  }
});

test('what saves the hardened target is a setting of it that the weak one has otherwise', () => {
  for (const { answers } of [...profiles, ...unproven])
    for (const setting of (answers.savedBy ?? []).flatMap((taken) => taken.split(','))) {
      expect(Object.keys({ ...SETTINGS, ...MEDIA_SETTINGS })).toContain(setting);
      expect(differsIn(setting as SettingName, 'hardened', answers.weak as VariantName)).toBe(true);
    }
});
