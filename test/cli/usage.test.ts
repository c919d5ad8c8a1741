import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commands } from '../../cli/commands/index.ts';
import { EXIT } from '../../core/exit.ts';
import { profiles } from '../../profiles/index.ts';
import { answered, mistakesIn } from '../support/answered.ts';
import { stormtest } from '../support/command-line.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folder = temporaryFolders();

/** Runs a command line that is wrong; gives what it was told, one mistake a line, and sees that nothing was begun. */
async function mistakesOf(line: string): Promise<string[]> {
  const [cwd, home] = [folder(), process.cwd()];
  process.chdir(cwd);
  try {
    const ended = await answered(wordsOf(line));
    expect(ended).toMatchObject({ code: EXIT.usage, stdout: '' });
    expect(readdirSync(cwd)).toEqual([]);
    return mistakesIn(ended);
  } finally {
    process.chdir(home);
  }
}

function wordsOf(line: string): readonly string[] {
  return line === '' ? [] : line.split(' ').map((word) => word.replaceAll('""', ''));
}

const SIZE = 'login-storm --target reference:2020';

describe('a command line that is wrong is answered with what is wrong, where, and what to do', () => {
  test.each([
    ['', ['usage: no incident and no command was named (stormtest --help lists everything)']],
    ['login-strom --demo', ['usage: there is no incident and no command "login-strom" (did you mean login-storm?)']],
    [
      'frobnicate',
      [
        'usage: there is no incident and no command "frobnicate" (stormtest list names the incidents, stormtest --help the commands)',
      ],
    ],
    ['--json', ['usage: no incident and no command was named (stormtest --help lists everything)']],
    ['list --jsn', ['--jsn: is no option of this command (did you mean --json?)']],
    ['list more', ['usage: list cannot do anything with "more" (stormtest list --help)']],
    ['doctor --fast', ['--fast: is no option of this command (stormtest doctor --help lists what there is)']],
    ['explain login-strom', ['profile: there is no "login-strom" (did you mean login-storm?)']],
    ['explain', [expect.stringMatching(/^profile: is missing \(stormtest list names them: .*login-storm/)]],
    ['plan', [expect.stringMatching(/^profile: is missing \(stormtest list names them: .*login-storm/)]],
    ['target', ['variant: is missing (stormtest target 2020, or stormtest target hardened)']],
    ['target 202', ['variant: the reference target has no variant "202" (did you mean reference:2020?)']],
    ['target hardened --port 65536', ['--port: must be a whole number from 1 to 65535, not "65536"']],
    ['prove login-strm', ['profile: there is no "login-strm" (did you mean login-storm?)']],
    [
      'target hardened,loginQueue',
      ['variant: "loginQueue" changes nothing (write it like reference:hardened,loginQueue=2020)'],
    ],
    [
      'target hardened,loginQue=2020',
      ['variant: the reference target has no setting "loginQue" (did you mean loginQueue?)'],
    ],
    [
      'target hardened,loginQueue=202',
      ['variant: the reference target has no variant "202" (did you mean reference:2020?)'],
    ],
    [
      'target hardened,loginTimeLimit=2020',
      ['variant: hardened and 2020 have the same loginTimeLimit (name a variant that has another)'],
    ],
    [
      'prove login-storm --without loginQue',
      ['--without: the reference target has no setting "loginQue" (did you mean loginQueue?)'],
    ],
    [
      'prove login-storm --without loginQueue,loginsUnderWy',
      ['--without: the reference target has no setting "loginsUnderWy" (did you mean loginsUnderWay?)'],
    ],
    [
      'prove login-storm --without historyRows',
      ['--without: hardened and 2020 have the same historyRows (name a variant that has another)'],
    ],
    ['score', ['recording: is missing (name one recording: stormtest-results/…/recording.jsonl, or its folder)']],
    ['login-storm --demo --target reference:2020', [expect.stringMatching(/^--demo, --target: contradict each other/)]],
    [
      `${SIZE} reference:hardened`,
      ['usage: login-storm cannot do anything with "reference:hardened" (stormtest login-storm --help)'],
    ],
    [`${SIZE} --baseRate 30`, ['--baseRate: is no option of this command (did you mean --base-rate?)']],
  ])('%s', async (line, told) => {
    expect(await mistakesOf(line)).toEqual(told);
  });
});

describe('sizes that cannot be are refused', () => {
  test.each([
    ['--scale -3', '--scale: must be a number above 0, not "-3"'],
    ['--scale=-3', '--scale: must be a number above 0, not "-3"'],
    ['--scale 0', '--scale: must be a number above 0, not "0"'],
    ['--scale twice', '--scale: must be a number above 0, not "twice"'],
    ['--scale 1e999', '--scale: must be a number above 0, not "1e999"'],
    ['--scale 1,5', '--scale: must be a number above 0, not "1,5"'],
    ['--users -1', '--users: must be a number above 0, not "-1"'],
    ['--base-rate 0x10', '--base-rate: must be a number above 0, not "0x10"'],
    ['--seed -1', '--seed: must be a whole number from 0, not "-1"'],
    ['--seed 1.5', '--seed: must be a whole number from 0, not "1.5"'],
    ['--seed 9007199254740993', '--seed: must be a whole number from 0, not "9007199254740993"'],
    ['--repeat 0', '--repeat: must be a whole number from 1 to 1000, not "0"'],
    ['--repeat 100000', '--repeat: must be a whole number from 1 to 1000, not "100000"'],
    ['--pace fast', '--pace: must be quick or natural, not "fast"'],
    ['--capacity -5', expect.stringMatching(/^--capacity: cannot read "-5" \(write 120, or by class/)],
    ['--capacity login=120,jion=5', expect.stringMatching(/^--capacity: cannot read "jion=5"/)],
    ['--max-rate 0', '--max-rate: must be a number above 0, not "0"'],
    ['--max-duration 10', expect.stringMatching(/^--max-duration: .* not "10" \(write 90s, 10m or 1h\)/)],
    ['--scale 2 --users 100', '--scale, --users: set the same thing (give one of them)'],
    ['--scale 2 --scale 3', '--scale: is given more than once (give it once)'],
    ['--scale 1e7', expect.stringMatching(/^--scale, --users, --base-rate: .* are more than any machine makes/)],
    ['--users 1e12', expect.stringMatching(/^--scale, --users, --base-rate: .* are more than any machine makes/)],
    ['--base-rate 3', expect.stringMatching(/^base load: 3.0 login\/s is too little for quick windows/)],
    [
      '--base-rate 60 --capacity 100',
      expect.stringMatching(/^base load: 60.0 login\/s is more than 30 % of the declared capacity of 100\/s/),
    ],
    ['--out ""', '--out: is empty (write --out and a value)'],
  ])('%s', async (size, told) => {
    expect(await mistakesOf(`${SIZE} ${size}`)).toEqual([told]);
  });

  test('also when it is only planned', async () => {
    expect(await mistakesOf('plan login-storm --scale -3')).toEqual(['--scale: must be a number above 0, not "-3"']);
  });
});

test('every mistake of a command line is told at once', async () => {
  const line =
    'login-storm --targt x --scale -3 --users many --seed 1.5 --pace slow --capacity x --repeat no --target reference:202 more';
  expect((await mistakesOf(line)).map((told) => told.split(':')[0])).toEqual([
    'usage',
    '--targt',
    '--repeat',
    '--pace',
    '--scale',
    '--users',
    '--seed',
    '--capacity',
    '--target',
  ]);
});

test.each(['login-strom --demo', 'login-storm', `${SIZE} --scale -3 --seed x`, 'target 202'])(
  '%s, as a process, ends with the same and leaves nothing',
  async (line) => {
    const [cwd, temporary] = [folder(), folder()];
    const ended = await stormtest(wordsOf(line), { cwd, env: { TMPDIR: temporary } });
    expect(ended).toMatchObject({ code: EXIT.usage, stdout: '' });
    expect(mistakesIn(ended)).toEqual(await mistakesOf(line));
    expect([readdirSync(cwd), readdirSync(temporary)]).toEqual([[], []]);
  },
);

describe('help', () => {
  const names = commands.map(({ name }) => name);

  test('is there for every incident and for what is done before, after and beside them', () => {
    const others = ['list', 'explain', 'plan', 'score', 'report', 'target', 'prove', 'init', 'doctor'];
    expect(names).toEqual(expect.arrayContaining([...profiles.map(({ name }) => name), ...others]));
  });

  test.each(names)('%s tells how it is used, and does nothing', async (name) => {
    const cwd = folder();
    const { code, stdout, stderr } = await stormtest([name, '--help'], { cwd });
    expect({ code, stderr }).toEqual({ code: EXIT.survived, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^stormtest ${name} .*\\[options\\]`));
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('of the program names every command and every exit code', async () => {
    const { code, stdout } = await stormtest(['--help'], { cwd: folder() });
    expect(code).toBe(EXIT.survived);
    for (const name of names) expect(stdout).toContain(`stormtest ${name}`);
    const said = stdout.replaceAll(/\s+/g, ' ');
    for (const number of Object.values(EXIT)) expect(said).toMatch(new RegExp(`[ ,:]${number} `));
  });

  test('the version is the package’s', async () => {
    const { code, stdout } = await stormtest(['--version'], { cwd: folder() });
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect([code, stdout]).toEqual([EXIT.survived, `${version}\n`]);
  });
});
