import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { profiles } from '../../profiles/index.ts';

const text = readFileSync(new URL('../../docs/reference.md', import.meta.url), 'utf8');
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test('every incident is in the page on the reference target with the variant it kills, and in the README', () => {
  const rows = [...text.matchAll(/^\| `([\w-]+)` *\| `(\w+)` *\|/gm)].map(([, name, variant]) => [name, variant]);
  expect(rows).toEqual(profiles.map(({ name, answers }) => [name, answers.weak]));
  const commands = [...readme.matchAll(/^\| `([\w-]+)` *\|/gm)].map(([, name]) => name);
  expect(commands).toEqual(profiles.map(({ name }) => name));
});

test('it says what the hardened variant does in each of them', () => {
  for (const { name } of profiles) expect(text).toContain(`\n- \`${name}\`: `);
});
