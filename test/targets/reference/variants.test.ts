import { expect, test } from 'vitest';
import { SETTINGS, VARIANTS } from '../../../targets/reference/variants.ts';

test('every setting is explained in one line, and every variant sets every one', () => {
  for (const settings of Object.values(VARIANTS)) expect(Object.keys(settings)).toEqual(Object.keys(SETTINGS));
  for (const line of Object.values(SETTINGS)) expect(line).toMatch(/^[^\n]{20,}$/);
});

test('all variants share one capacity', () => {
  expect(new Set(Object.values(VARIANTS).map(({ hashesAtWork }) => hashesAtWork)).size).toBe(1);
});
