import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plan } from '../../core/planning/plan.ts';
import { profiles, unproven } from '../../profiles/index.ts';
import { upTo } from '../../profiles/stages.ts';

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
