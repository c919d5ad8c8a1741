import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT } from '../../core/exit.ts';
import { answered, mistakesIn } from '../support/answered.ts';
import { stormtest } from '../support/command-line.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folder = temporaryFolders();

const LOGIN = `    operations:
      login:
        - request: POST /login
`;

/** Storms a target of a configuration; gives what was wrong, with `F` for the file. */
async function mistakesOf(text: string | Uint8Array, target = 'mine'): Promise<string[]> {
  const file = join(folder(), 'storm.yaml');
  writeFileSync(file, text);
  const ended = await answered(['login-storm', '--target', target, '--config', file]);
  expect(ended).toMatchObject({ code: EXIT.usage, stdout: '' });
  return mistakesIn(ended).map((told) => told.replaceAll(file, 'F'));
}

test.each([
  ['an indentation that is wrong', 'targets:\n  mine:\n    url: x\n   bad: 1\n', [/^F:4:\d+: /]],
  ['a bracket that is not closed', 'targets: {\n  mine: {}\n', [/^F:\d+:\d+: Flow map/]],
  ['the same name twice', 'targets:\n  mine: {}\n  mine: {}\n', ['F:3:3: Map keys must be unique']],
  ['an alias that leads nowhere', 'targets:\n  mine: *nothing\n', [/^F(:2:9)?: .*nothing/]],
  [
    'aliases that multiply',
    `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'.replaceAll(/./g, (name, at) => `${name}: &${name} [${`*${'abcdefghi'[at]},`.repeat(9)}]\n`)}`,
    [/^F: Excessive alias count/],
  ],
  ['nothing', '', ['F:1:1: cannot be empty (targets, owned, caps)']],
  ['a list', '- a\n- b\n', ['F:1:1: cannot be a list (targets, owned, caps)']],
  [
    'no targets',
    'caps: { rate: 3 }\n',
    ['F:1:1 targets: is missing (systems under test by name; stormtest init writes an example)'],
  ],
  [
    'targets that are a list',
    '# mine\ntargets: [a]\n',
    ['F:2:1 targets: cannot be a list (systems under test by name; stormtest init writes an example)'],
  ],
  ['an unknown field', 'targets: {}\ncpas:\n  rate: 3\n', ['F:2:1 cpas: is not known (did you mean caps?)']],
  [
    'an unknown field further in',
    'targets: {}\ncaps:\n  rate: 3\n  duraton: 5m\n',
    ['F:4:3 caps.duraton: is not known (did you mean duration?)'],
  ],
  [
    'a field like no other',
    'targets: {}\ncolour: red\n',
    ['F:2:1 colour: is not known (known here: targets, owned, caps)'],
  ],
  [
    'caps that cannot be',
    'targets: {}\ncaps:\n  rate: -3\n  duration: soon\n',
    [
      'F:3:3 caps.rate: cannot be -3 (a number above 0, such as 300)',
      'F:4:3 caps.duration: cannot be "soon" (a length of time, such as 90s, 10m or 1h)',
    ],
  ],
  [
    'a host that is none',
    'targets: {}\nowned: [a, 3]\n',
    ['F:2:12 owned[1]: cannot be a number (a list of hosts, such as [staging.example.com])'],
  ],
  [
    'an unknown field of a target',
    `targets:\n  mine:\n    urll: http://127.0.0.1:1\n${LOGIN}`,
    [
      'F:3:5 targets.mine.urll: is not known (did you mean url?)',
      'F:2:3 targets.mine.url: is missing (such as http://127.0.0.1:8080)',
    ],
  ],
  [
    'an unknown field of a step',
    `targets:\n  mine:\n    url: http://127.0.0.1:1\n${LOGIN}          exepct: { status: 200 }\n`,
    [/^F:7:11 targets\.mine\.operations\.login\[0\]\.exepct: is not known \(did you mean expect\?\)$/],
  ],
  [
    'an indicator with dots in its name',
    `targets:\n  mine:\n    url: http://127.0.0.1:1\n    metrics:\n      - name: a\n        url: /metrics\n        indicators:\n          login.queue: a\n          login.queu: b\n${LOGIN}`,
    [/^F:9:11 targets\.mine\.metrics\[0\]\.indicators\.login\.queu: is not known \(did you mean login\.queue\?\)$/],
  ],
  [
    'a variable of the environment that is not set',
    `targets:\n  mine:\n    url: http://127.0.0.1:\${env.NOBODY_SETS_THIS}\n${LOGIN}`,
    [/^F:3:5 targets\.mine\.url: .*NOBODY_SETS_THIS is not set/, /^F:3:5 targets\.mine\.url: is not the address/],
  ],
])('%s is told with file, line and column', async (_, text, told) => {
  const mistakes = await mistakesOf(text);
  expect(mistakes).toHaveLength(told.length);
  for (const [at, mistake] of mistakes.entries()) {
    const expected = told[at];
    if (typeof expected === 'string') expect(mistakes).toContain(expected);
    else expect(mistake).toMatch(expected ?? /^$/);
  }
});

test('a target that is not declared is told with the nearest one', async () => {
  const text = `targets:\n  staging:\n    url: http://127.0.0.1:1\n${LOGIN}`;
  expect(await mistakesOf(text, 'stagign')).toEqual(['--target: there is no target "stagign" (did you mean staging?)']);
});

test('an address does not say which of several targets is meant', async () => {
  const one = (name: string) => `  ${name}:\n    url: http://127.0.0.1:1\n${LOGIN}`;
  expect(await mistakesOf(`targets:\n${one('a')}${one('b')}`, 'http://127.0.0.1:1')).toEqual([
    '--target: F declares several targets (name one of a, b)',
  ]);
});

test('what is wrong in the configuration is told together with what is wrong on the command line', async () => {
  const file = join(folder(), 'storm.yaml');
  writeFileSync(file, 'targets: {}\ncpas: {}\n');
  const { stderr } = await answered(['login-storm', '--target', 'mine', '--config', file, '--scale', '-3']);
  expect(mistakesIn({ stderr })).toEqual([
    '--scale: must be a number above 0, not "-3"',
    `${file}:2:1 cpas: is not known (did you mean caps?)`,
  ]);
});

test('a configuration that is not there is told with how to get one', async () => {
  const cwd = folder();
  const ended = await stormtest(['plan', 'login-storm', '--config', 'nowhere.yaml'], { cwd });
  expect(ended).toMatchObject({ code: EXIT.usage, stdout: '' });
  expect(ended.stderr).toBe('stormtest: --config: cannot read nowhere.yaml: ENOENT (stormtest init writes one)\n');
});

test('the one in the working folder is found without being named', async () => {
  const cwd = folder();
  writeFileSync(join(cwd, 'stormtest.config.yaml'), 'targets: {}\nowned: nobody\n');
  const ended = await stormtest(['login-storm'], { cwd });
  expect(ended.code).toBe(EXIT.usage);
  expect(ended.stderr).toMatch(/^stormtest: stormtest\.config\.yaml:2:1 owned: cannot be a text/);
});

test('a list of people that cannot be read is told without its content', async () => {
  const people = join(folder(), 'people.csv');
  writeFileSync(people, 'email,password,name\nada@example.org,hunter2,Ada\nbo@example.org,,Bo\n');
  const text = `targets:\n  mine:\n    url: http://127.0.0.1:1\n    people: { file: ${people} }\n${LOGIN}`;
  const [told, ...more] = await mistakesOf(text);
  expect([told, more]).toEqual([expect.stringMatching(/people\.csv: row 2 has no password/), []]);
  expect(told).not.toMatch(/hunter2|example\.org/);
});
