import { expect, test } from 'vitest';
import { differsIn, mediaSettingsOf, nameOf, SETTING_NAMES, settingsOf } from '../../../targets/reference/make.ts';
import { MEDIA_VARIANTS } from '../../../targets/reference/media/settings.ts';
import { VARIANTS } from '../../../targets/reference/variants.ts';

test('without changes it is the variant', () => {
  const make = { variant: 'hardened', changes: [] } as const;
  expect(settingsOf(make)).toEqual(VARIANTS.hardened);
  expect(mediaSettingsOf(make)).toEqual(MEDIA_VARIANTS.hardened);
  expect(nameOf(make)).toBe('hardened');
});

test('a change takes one setting from another variant, wherever that setting is, and nothing else', () => {
  const changes = [
    { setting: 'loginQueue', like: '2020' },
    { setting: 'speakers', like: '2014' },
  ] as const;
  const make = { variant: 'hardened', changes } as const;
  expect(settingsOf(make)).toEqual({ ...VARIANTS.hardened, loginQueue: Number.POSITIVE_INFINITY });
  expect(mediaSettingsOf(make)).toEqual({ ...MEDIA_VARIANTS.hardened, speakers: Number.POSITIVE_INFINITY });
  expect(nameOf(make)).toBe('hardened,loginQueue=2020,speakers=2014');
});

test('settings have names of their own, and it is known between whom they differ', () => {
  expect(new Set(SETTING_NAMES).size).toBe(SETTING_NAMES.length);
  expect(differsIn('loginQueue', 'hardened', '2020')).toBe(true);
  expect(differsIn('loginTimeLimit', 'hardened', '2020')).toBe(false);
  expect(differsIn('placement', 'hardened', '2016')).toBe(true);
});
