import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EXIT } from '../../core/exit.ts';
import { endStarted, PROGRAM, startCommand, startProgram } from '../support/command-line.ts';
import { type KeptTarget, keptTarget } from '../support/kept-target.ts';
import { needed } from '../support/needed.ts';
import { describeWithReference, PATIENCE } from '../support/reference.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folder = temporaryFolders();
const hasScript = spawnSync('script', ['--version']).status === 0;

describeWithReference('what is seen of a run', () => {
  let kept: KeptTarget;
  beforeAll(async () => {
    kept = await keptTarget('hardened', { cwd: process.cwd() });
  }, PATIENCE);
  afterAll(async () => {
    kept.command.signal('SIGTERM');
    await kept.command.ended;
    await endStarted();
  });

  /** Storms in a terminal of a size until it shows something, then presses Ctrl-C; gives everything the terminal was sent. */
  async function watched(columns: number, rows: number, until: RegExp, env: NodeJS.ProcessEnv = {}): Promise<string> {
    const cwd = folder();
    // Quoted for a shell inside of a shell; none of these words holds a quote.
    const storm = `${process.execPath} ${PROGRAM} login-storm --target ${kept.facts.url}`;
    const inside = `stty cols ${columns} rows ${rows}; ${storm} & echo "pid $!"; wait $!; echo "answered $?"`;
    const terminal = startProgram('script', ['-qfc', inside, '/dev/null'], { cwd, env: { TERM: 'xterm', ...env } });
    await terminal.until(until);
    process.kill(Number(/pid (\d+)/.exec(terminal.said.stdout)?.[1]), 'SIGINT');
    await terminal.until(/answered \d/);
    return (await terminal.ended).stdout;
  }

  test('on a terminal: phase, load, latency, gauges, faults and the generator, drawn over themselves', async (context) => {
    needed(hasScript, 'script', context);
    const sent = await watched(100, 40, /baseline 4/);
    const views = viewsIn(sent);
    expect(views.length).toBeGreaterThan(10);
    const last = views.at(-1)?.join('\n') ?? '';
    expect(last).toMatch(/^login-storm against reference:hardened +0:0\d of 0:49$/m);
    expect(last).toMatch(/^ {2}warm-up › baseline [345] of 10 s › storm › recovery$/m);
    expect(last).toMatch(/^ {2}[▁▂▃▄▅▆▇█░ ]{4,}$/m);
    expect(last).toMatch(/^ {2}people {5}offered [12]\d\/s {2}good \d+\/s {2}shed 0\/s {2}failed 0\/s {2}at it \d+$/m);
    expect(last).toMatch(/^ {2}latency {4}p50 \d.* m?s {2}p95 \d.* m?s {2}attempts \d+\/s$/m);
    expect(last).toMatch(/^ {2}target {5}login\.queue \d+ {2}login\.queue\.departed \d+ /m);
    expect(last).toMatch(/database\.pool\.used \d+/);
    expect(last).toMatch(/^ {2}faults {5}none$/m);
    expect(last).toMatch(/^ {2}generator {2}late p99 .* loop lag .* CPU \d+ % of a core$/m);
    for (const view of views) for (const line of view) expect([...line].length).toBeLessThan(100);
    expect(sent).toContain('\u001b[32m');
    expect(sent.indexOf('\u001b[?25l')).toBeLessThan(sent.indexOf('\u001b[?25h'));
    expect(sent).toMatch(/SIGINT: stopping, keeping what was recorded; once more to skip the reports\r?\n/);
    expect(sent).toMatch(/answered 105/);
  });

  test('on a small one without colours nothing is broken, and nothing coloured', async (context) => {
    needed(hasScript, 'script', context);
    const sent = await watched(46, 10, /baseline 2/, { NO_COLOR: '1' });
    const views = viewsIn(sent);
    for (const view of views) {
      expect(view.length).toBeLessThanOrEqual(9);
      for (const line of view) expect([...line].length).toBeLessThan(46);
    }
    expect(views.at(-1)?.join('\n')).toMatch(/warm-up › baseline \d of 10 s/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what switches colours begins with one
    expect(sent).not.toMatch(/\u001b\[\d*m/);
  });

  test('without a terminal: a line for each phase and every ten seconds, on stderr alone', async () => {
    const running = startCommand(['login-storm', '--target', kept.facts.url], { cwd: folder() });
    await running.until(/10\.\d? ?s: offered|10 s: offered/);
    expect(running.said.stdout).toBe('');
    running.signal('SIGINT');
    const { code, stdout, stderr } = await running.ended;
    expect(code).toBe(EXIT.interrupted);
    const lines = stderr.split('\n');
    expect(lines.slice(0, 3)).toEqual(['login-storm against reference:hardened', '0 ms: warm-up', '3 s: baseline']);
    expect(lines[3]).toMatch(/^1\d(\.\d)? s: offered \d+\/s, good \d+\/s, shed \d+\/s, failed \d+\/s, p95 \d.*m?s$/);
    expect(stdout).toMatch(/INVALID/);
    for (const said of [stdout, stderr]) expect(said).not.toContain('\u001b');
  });
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const VIEW_BEGINS = /\u001b\[\d+A\r|\u001b\[\?25l/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const ESCAPE = /\u001b\[\??\d*[a-zA-Z]/g;

/** The views in the order they were drawn, without their colours: each begins where the one before it did. */
function viewsIn(sent: string): string[][] {
  // After the last one it is taken off the screen; above one the answer to Ctrl-C was written.
  const frames = sent
    .split(VIEW_BEGINS)
    .slice(1, -1)
    .filter((frame) => !frame.includes('SIGINT'));
  return frames.map((frame) => frame.replaceAll(ESCAPE, '').split(/\r?\n/).slice(0, -1));
}
