import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EXIT } from '../../core/exit.ts';
import { answered } from '../support/answered.ts';
import { type Ended, endStarted, PROGRAM, type Running, startCommand, startProgram } from '../support/command-line.ts';
import { begun, type KeptTarget, keptTarget } from '../support/kept-target.ts';
import { needed } from '../support/needed.ts';
import { describeWithReference, eventually, PATIENCE } from '../support/reference.ts';
import { foldersLeft, isAlive, useOwnTemporaryFolder } from '../support/remains.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folder = temporaryFolders();

describeWithReference('a storm that is stopped', () => {
  let kept: KeptTarget;
  beforeAll(async () => {
    kept = await keptTarget('2020', { cwd: process.cwd() });
  }, PATIENCE);
  afterAll(async () => {
    kept.command.signal('SIGTERM');
    await kept.command.ended;
    await endStarted();
  });

  /** Storms the target that is kept, and waits until the run has its first lines on the disk. */
  async function stormed(cwd: string, ...options: string[]): Promise<Running> {
    const running = startCommand(['login-storm', '--target', kept.facts.url, '--out', 'out', ...options], { cwd });
    await running.until(/: baseline/);
    return running;
  }

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('by %s keeps what it recorded, and says so', async (signal) => {
    const cwd = folder();
    const running = await stormed(cwd);
    running.signal(signal);
    const { code, stdout, stderr } = await running.ended;
    expect(code).toBe(EXIT.interrupted);
    expect(stderr).toContain(`${signal}: stopping, keeping what was recorded; once more to skip the reports\n`);
    expect(stdout).toMatch(/INVALID/);
    expect(inOneLine(stdout)).toMatch(
      new RegExp(`the run was interrupted after \\d.* in the phase baseline: interrupted by ${signal}`),
    );
    expect(readdirSync(join(cwd, 'out')).toSorted()).toEqual([
      'ledger.jsonl',
      'recording.jsonl',
      'report.html',
      'report.json',
    ]);
    const again = await answered(['score', join(cwd, 'out')]);
    expect([again.code, again.stderr]).toEqual([EXIT.unproven, '']);
    expect(inOneLine(again.stdout)).toMatch(/the run was interrupted after \d/);
    const lines = readFileSync(join(cwd, 'out', 'recording.jsonl'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.slice(-2).map((line) => JSON.parse(line).kind)).toEqual(['closed', 'score']);
  });

  test('twice leaves out the reports, and nothing else', async () => {
    const cwd = folder();
    const running = await stormed(cwd, '--json');
    // Two of the same kind could become one on the way.
    running.signal('SIGINT');
    running.signal('SIGTERM');
    const { code, stdout } = await running.ended;
    expect(code).toBe(EXIT.interrupted);
    expect(readdirSync(join(cwd, 'out')).toSorted()).toEqual(['ledger.jsonl', 'recording.jsonl']);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'invalid',
      validity: { reasons: expect.arrayContaining([expect.objectContaining({ name: 'interrupted' })]) },
    });
    expect((await answered(['score', join(cwd, 'out')])).code).toBe(EXIT.unproven);
  });

  test('between two runs of several ends with the first, which is kept', async () => {
    const cwd = folder();
    const running = startCommand(['login-storm', '--target', kept.facts.url, '--out', 'out', '--repeat', '3'], { cwd });
    await running.until(/: baseline/);
    running.signal('SIGTERM');
    expect((await running.ended).code).toBe(EXIT.interrupted);
    expect(readdirSync(join(cwd, 'out'))).toEqual(['1']);
  });

  test('by a full disk is named, answers 1, and stays readable', async (context) => {
    needed(canMount, 'the right to mount', context);
    const cwd = folder();
    const [full, saved] = [join(cwd, 'full'), join(cwd, 'saved')];
    mkdirSync(full);
    const storm = [process.execPath, PROGRAM, 'login-storm', '--target', kept.facts.url, '--out', join(full, 'out')];
    const script =
      'full=$1 saved=$2; shift 2; mount -t tmpfs -o size=64k tmpfs "$full" && { "$@"; code=$?; cp -r "$full/out" "$saved"; exit $code; }';
    const ended = await startProgram('unshare', ['-m', 'sh', '-c', script, 'sh', full, saved, ...storm], { cwd }).ended;
    expect(ended.code).toBe(EXIT.broken);
    expect(ended.stderr).toMatch(/^stormtest: .*(recording|ledger)\.jsonl: the disk is full \(free some space/m);
    expect(ended.stderr).not.toMatch(/bug of ours|\n {4}at /);
    expect(inOneLine(ended.stdout)).toMatch(/the run was ended by a failure after \d.*the disk is full/);
    expectNoTornReports(saved);
    const again = await answered(['score', saved]);
    expect([again.code, inOneLine(again.stdout)]).toEqual([
      EXIT.unproven,
      expect.stringMatching(/ends without a closing line/),
    ]);
  });

  test('by the end of its terminal is closed in order', async (context) => {
    needed(hasPython, 'python3', context);
    const cwd = folder();
    const storm = [process.execPath, PROGRAM, 'login-storm', '--target', kept.facts.url, '--out', 'out'];
    const terminal = startProgram('python3', ['-c', TERMINAL, ...storm], { cwd });
    await terminal.until(/"pid": \d+/);
    const { pid } = JSON.parse(terminal.said.stdout);
    await eventually(() => existsSync(join(cwd, 'out', 'recording.jsonl')));
    await sleep(1_500);
    terminal.signal('SIGKILL');
    await eventually(() => !isAlive(pid), 15_000);
    const lines = readFileSync(join(cwd, 'out', 'recording.jsonl'), 'utf8')
      .trimEnd()
      .split('\n');
    const closed = lines.map((line) => JSON.parse(line)).find(({ kind }) => kind === 'closed');
    expect(closed).toMatchObject({ reason: 'interrupted', says: 'interrupted by SIGHUP' });
  });
});

describeWithReference('a storm on a target of its own that is stopped', () => {
  useOwnTemporaryFolder();
  afterAll(endStarted);

  test('while it is started leaves nothing, not even a folder for results', async () => {
    const cwd = folder();
    const running = startCommand(['login-storm', '--target', 'reference:2020'], { cwd });
    await eventually(() => foldersLeft().length > 0);
    running.signal('SIGINT');
    const ended = await running.ended;
    expect(ended).toMatchObject({ code: EXIT.interrupted, stdout: '' });
    expect(ended.stderr).toMatch(/stormtest: interrupted by SIGINT\n$/);
    expect([readdirSync(cwd), foldersLeft()]).toEqual([[], []]);
  });

  test('in the demonstration leaves no target, and keeps the recording', async () => {
    const cwd = folder();
    const running = await begun(
      () => startCommand(['login-storm', '--demo', '--out', `${cwd}/out`], { cwd }),
      /: baseline/,
    );
    running.signal('SIGINT');
    running.signal('SIGTERM');
    const ended: Ended = await running.ended;
    expect(ended.code).toBe(EXIT.interrupted);
    expect(ended.stderr).toMatch(/^DEMONSTRATION: your system was not tested/m);
    expect(foldersLeft()).toEqual([]);
    expect(readdirSync(join(cwd, 'out', '2020')).toSorted()).toEqual(['ledger.jsonl', 'recording.jsonl']);
  });
});

const canMount = process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'true']).status === 0;
const hasPython = spawnSync('python3', ['-c', 'import pty']).status === 0;

/** Runs a command in a terminal of its own, which goes away with this process, and says which process that is. */
const TERMINAL = `
import json, os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
print(json.dumps({"pid": pid}), flush=True)
while os.read(terminal, 4096):
    pass
`;

function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

/** A report is whole or it is not there. */
function expectNoTornReports(saved: string): void {
  const json = join(saved, 'report.json');
  if (existsSync(json)) expect(() => JSON.parse(readFileSync(json, 'utf8'))).not.toThrow();
  const html = join(saved, 'report.html');
  if (existsSync(html)) expect(readFileSync(html, 'utf8')).toMatch(/<\/html>\n$/);
}
