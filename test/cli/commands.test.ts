import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { configJsonSchema } from '../../cli/config-shape.ts';
import { EXIT } from '../../core/exit.ts';
import { JOURNEYS } from '../../core/journey.ts';
import type { Plan } from '../../core/plan.ts';
import { profiles } from '../../profiles/index.ts';
import { answered, mistakesIn } from '../support/answered.ts';
import { stormtest } from '../support/command-line.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folder = temporaryFolders();

describe('list', () => {
  test('names every incident in a line', async () => {
    const { code, stdout, stderr } = await stormtest(['list'], { cwd: folder() });
    expect([code, stderr]).toEqual([EXIT.survived, '']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(profiles.length);
    expect(stdout).toMatch(/^login-storm +2020-03 +Authentication servers collapse under a login storm$/m);
  });

  test('in JSON is an array of name, title and date', async () => {
    const { code, stdout, stderr } = await stormtest(['list', '--json'], { cwd: folder() });
    expect([code, stderr]).toEqual([EXIT.survived, '']);
    expect(JSON.parse(stdout)).toEqual(
      profiles.map(({ name, title, incident }) => ({ name, title, date: incident.date })),
    );
  });
});

describe.each(profiles.map(({ name }) => name))('%s', (name) => {
  test('is explained: the story, the load, the people, the gates, the mechanism, the score', async () => {
    const { code, stdout, stderr } = await answered(['explain', name]);
    expect([code, stderr]).toEqual([EXIT.survived, '']);
    const profile = profiles.find((one) => one.name === name);
    for (const part of [profile?.title, profile?.incident.trigger, profile?.incident.damage, profile?.mechanism.says])
      expect(stdout).toContain(part);
    const signsIn = profile?.scenarios.some(({ journey }) => JOURNEYS[journey].classes.includes('login'));
    expect(stdout.includes('carry a wrong password')).toBe(signsIn);
    for (const part of ['What breaks', 'What kills a target', 'What a target must offer', 'survival/1'])
      expect(stdout).toContain(part);
    expect(stdout).not.toMatch(/undefined|NaN|\[object/);
  });

  test('is planned without being begun, in words and in JSON', async () => {
    const words = await answered(['plan', name, '--scale', '2', '--seed', '7', '--pace', 'natural']);
    expect([words.code, words.stderr]).toEqual([EXIT.survived, '']);
    expect(words.stdout).toContain('natural pace, scale 2, seed 7');
    expect(words.stdout).not.toMatch(/undefined|NaN|\[object/);
    const json = await answered(['plan', name, '--scale', '2', '--seed', '7', '--pace', 'natural', '--json']);
    const plan = JSON.parse(json.stdout) as Plan;
    expect(plan).toMatchObject({ version: 'plan/1', seed: 7, scale: 2, pace: 'natural', profile: { name } });
    expect(words.stdout.replaceAll(',', '')).toContain(`${Math.ceil(plan.bounds.peakRate)} arrivals/s at the peak`);
  });
});

test('an explanation tells the times of faults at its own pace, and of no probe where there is none', async () => {
  const { stdout } = await answered(['explain', 'thermal-throttle']);
  // 12 and 180 s of the profile, at a sixth of them.
  expect(stdout).toContain('of what it used of a core, 2 s into the storm, for 30 s');
  expect(stdout).toContain('probe: none, as there is no base load to cut');
  const stormed = await answered(['explain', 'login-storm']);
  expect(stormed.stdout).toContain('as the storm begins, for 12 s (only with --with slow-dependency)');
  expect(stormed.stdout).toMatch(/probe: base load cut to 50 %, 25 %, 10 %, 0 %, \d+ s each/);
});

test('--users makes a plan in which so many people are hit by the storm', async () => {
  const { stdout } = await answered(['plan', 'login-storm', '--users', '5000', '--json']);
  const { scenarios, phases } = JSON.parse(stdout) as Plan;
  const storm = phases.find(({ name }) => name === 'storm');
  const hit = scenarios
    .filter(({ role }) => role !== 'bystander')
    .flatMap(({ curve }) => curve)
    .map(({ from, to, startRate, endRate }) => {
      const [begin, end] = [Math.max(from, storm?.from ?? 0), Math.min(to, storm?.to ?? 0)];
      return end > begin ? ((startRate + endRate) / 2) * ((end - begin) / 1_000) : 0;
    });
  expect(hit.reduce((sum, people) => sum + people, 0)).toBeCloseTo(5_000, 0);
});

describe('init', () => {
  const schema = JSON.parse(readFileSync('schema/stormtest.config.schema.json', 'utf8'));
  const isConfig = new Ajv2020({ strict: false }).compile(schema);

  test('writes a configuration that its schema and the program accept', async () => {
    const cwd = folder();
    const made = await stormtest(['init', '--target', 'http://127.0.0.1:1/api'], { cwd });
    expect([made.code, made.stderr]).toEqual([EXIT.survived, '']);
    const text = readFileSync(join(cwd, 'stormtest.config.yaml'), 'utf8');
    isConfig(parse(text));
    expect(isConfig.errors).toBeNull();
    expect(parse(text).targets.mine.url).toBe('http://127.0.0.1:1/api');
    // It gets as far as asking the target, which is not there.
    const storm = await stormtest(['login-storm', '--target', 'mine'], { cwd });
    expect([storm.code, storm.stderr]).toEqual([
      EXIT.notReady,
      expect.stringMatching(/127\.0\.0\.1:1 does not answer/),
    ]);
  });

  test('tells editors where the schema is, from wherever the file is', async () => {
    const file = join(folder(), 'deep', 'storm.yaml');
    mkdirSync(dirname(file));
    await answered(['init', '--config', file]);
    const [, path = ''] = /\$schema=(.*)/.exec(readFileSync(file, 'utf8')) ?? [];
    // From the sources the program is one folder higher than when it is built.
    expect(resolve(dirname(file), path)).toMatch(/schema\/stormtest\.config\.schema\.json$/);
    const built = join(folder(), 'storm.yaml');
    await stormtest(['init', '--config', built], { cwd: process.cwd() });
    const [, known = ''] = /\$schema=(.*)/.exec(readFileSync(built, 'utf8')) ?? [];
    expect(resolve(dirname(built), known)).toBe(resolve('schema/stormtest.config.schema.json'));
  });

  test('every operation that it only mentions is accepted as well', async () => {
    const cwd = folder();
    await stormtest(['init'], { cwd });
    const file = join(cwd, 'stormtest.config.yaml');
    // A request has one body: the form is there instead of the JSON.
    const uncommented = readFileSync(file, 'utf8')
      .replace(/^.*# form:.*\n/m, '')
      .replaceAll(/^( *)# ((?: *- | {2,})?[\w./]+:|- )/gm, '$1$2');
    writeFileSync(file, uncommented);
    const env = { METRICS_TOKEN: 'secret' };
    const storm = await stormtest(['login-storm', '--target', 'mine', '--max-rate', '1000'], { cwd, env });
    expect([storm.code, storm.stderr]).toEqual([EXIT.notReady, expect.stringMatching(/does not answer/)]);
    isConfig(parse(uncommented));
    expect(isConfig.errors).toBeNull();
    expect(Object.keys(parse(uncommented).targets.mine.operations).toSorted()).toEqual([
      'chat',
      'countMeetings',
      'createMeeting',
      'fetchAssets',
      'findMeeting',
      'findRecording',
      'findTicket',
      'join',
      'leave',
      'login',
      'openTicket',
      'record',
      'search',
    ]);
  });

  test('overwrites nothing', async () => {
    const file = join(folder(), 'storm.yaml');
    writeFileSync(file, 'mine');
    const ended = await answered(['init', '--config', file]);
    expect([ended.code, ...mistakesIn(ended)]).toEqual([
      EXIT.usage,
      `--config: ${file} is there already (nothing is overwritten; name another file)`,
    ]);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test.each(['zoom', 'ftp://127.0.0.1', 'http://user:secret@127.0.0.1', 'http://'])(
    'does not take %s for an address',
    async (url) => {
      const file = join(folder(), 'storm.yaml');
      const ended = await answered(['init', '--config', file, '--target', url]);
      expect([ended.code, ended.stderr]).toEqual([
        EXIT.usage,
        expect.stringContaining('is not the address of a target'),
      ]);
      expect(ended.stderr).not.toContain('secret');
      expect(existsSync(file)).toBe(false);
    },
  );
});

test('doctor looks at everything that decides whether load is to be believed', async () => {
  const words = await stormtest(['doctor'], { cwd: folder() });
  const json = await stormtest(['doctor', '--json'], { cwd: folder() });
  const findings = JSON.parse(json.stdout) as { name: string; state: string; says: string }[];
  expect(findings.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'node',
      'cores',
      'memory',
      'descriptors',
      'cpu',
      'timers',
      'reference',
      'kubectl',
      'remains',
    ]),
  );
  for (const { state } of findings) expect(['good', 'doubtful', 'broken']).toContain(state);
  expect(words.stdout.trimEnd().split('\n')).toHaveLength(findings.length);
  for (const { code, stderr } of [words, json]) expect([code, stderr]).toEqual([EXIT.survived, '']);
});

test('doctor names what an earlier run has left', async () => {
  const temporary = folder();
  mkdirSync(join(temporary, 'stormtest-reference-abc'));
  const { stdout } = await stormtest(['doctor'], { cwd: folder(), env: { TMPDIR: temporary } });
  expect(stdout).toMatch(/^doubt .*stormtest-reference-abc/m);
});

test('the schema of the configuration in the package is the one of this program (npm run schema)', () => {
  expect(JSON.parse(readFileSync('schema/stormtest.config.schema.json', 'utf8'))).toEqual(configJsonSchema());
});
