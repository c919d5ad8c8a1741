import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { commandOf } from '../../reports/command.ts';
import { opened, recordingOf } from '../support/report-fixtures.ts';

test('the command names everything the plan was made from', () => {
  expect(commandOf(recordingOf([opened('staging')]), false)).toBe(
    'stormtest login-storm --target staging --seed 20200309 --pace quick --scale 1.008',
  );
  expect(commandOf(recordingOf([opened('staging')]), true)).toMatch(/^stormtest login-storm --demo --seed 20200309/);
});

test('a shell takes a hostile name for one word', () => {
  const name = `it's "$(echo owned)" \`id\` ; #`;
  const command = commandOf(recordingOf([opened(name)]), false).replace('stormtest', 'printf "%s\\n"');
  expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' }).split('\n')[2]).toBe(name);
});
