import { expect, test } from 'vitest';
import { sizeOf } from '../../reports/size.ts';

test.each([
  [0.03, ['scale 0.03']],
  [1 / 3, ['scale 0.333']],
  [40, ['scale 40']],
  [1, []],
  [1.008, []],
])('a run at %d times the size of its profile says so: %j', (scale, says) => {
  expect(sizeOf({ scale })).toEqual(says);
});
