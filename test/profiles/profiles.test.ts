import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { profiles } from '../../profiles/index.ts';
import { upTo } from '../../profiles/stages.ts';

test.each(profiles.map(({ name }) => name))('%s is at most 40 lines of data', (name) => {
  const lines = readFileSync(`profiles/${name}.ts`, 'utf8').trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(40);
});

test('a load comes up to its rate and is held there', () => {
  expect(upTo(225, { within: '12s', held: '60s' })).toEqual([
    { duration: '12s', target: 225 },
    { duration: '60s', target: 225 },
  ]);
});
