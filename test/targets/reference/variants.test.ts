import { expect, test } from 'vitest';
import { MEDIA_SETTINGS, MEDIA_VARIANTS } from '../../../targets/reference/media/settings.ts';
import { SETTINGS, VARIANTS } from '../../../targets/reference/variants.ts';

test('every setting is explained in one line, and every variant sets every one', () => {
  for (const settings of Object.values(VARIANTS)) expect(Object.keys(settings)).toEqual(Object.keys(SETTINGS));
  for (const line of Object.values(SETTINGS)) expect(line).toMatch(/^[^\n]{20,}$/);
});

test('all variants share one capacity', () => {
  expect(new Set(Object.values(VARIANTS).map(({ hashesAtWork }) => hashesAtWork)).size).toBe(1);
});

test('nobody is turned away unread but by the hardened variant', () => {
  const waits = Object.entries(VARIANTS).filter(([, { doorWait }]) => Number.isFinite(doorWait));
  expect(waits.map(([name]) => name)).toEqual(['hardened']);
});

test('every setting of media servers is explained in one line, and their capacity is the same in all variants', () => {
  for (const settings of Object.values(MEDIA_VARIANTS))
    expect(Object.keys(settings).toSorted()).toEqual(Object.keys(MEDIA_SETTINGS).toSorted());
  for (const line of Object.values(MEDIA_SETTINGS)) expect(line).toMatch(/^[^\n]{20,}$/);
  const capacities = Object.values(MEDIA_VARIANTS).map(
    ({ heapMegabytes, dataMegabytes, egressBytesPerSecond }) =>
      `${heapMegabytes} ${dataMegabytes} ${egressBytesPerSecond}`,
  );
  expect(new Set(capacities).size).toBe(1);
});
