import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { EXIT } from '../../core/exit.ts';
import { readRecording } from '../../reports/recording-file.ts';
import { answered, mistakesIn } from '../support/answered.ts';
import { endStarted, startCommand } from '../support/command-line.ts';
import { eventually, type Prometheus, startPrometheus } from '../support/prometheus.ts';
import { describeWith } from '../support/real-part.ts';
import { type SmallConference, smallConference } from '../support/small-conference.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const LONG = 120_000;

describeWith('prometheus', 'the built program, with a condition on a real Prometheus server', () => {
  const folder = temporaryFolders();
  let conference: SmallConference;
  let prometheus: Prometheus;
  let queue: number;

  beforeAll(async () => {
    conference = await smallConference();
    conference.route('/metrics', (_, answer) => answer.end(`auth_queue_length ${queue}\n`));
    prometheus = await startPrometheus([{ name: 'auth', url: `${conference.url}/metrics` }], 600_000);
  });

  beforeEach(() => {
    queue = 3;
  });

  afterAll(async () => {
    await endStarted();
    await prometheus?.stop();
    await conference?.close();
  });

  /** Writes a configuration; gives the words of a command line that storms its target. */
  const storming = (cwd: string, queries: object, halts: readonly object[]): string[] => {
    const login = {
      request: 'POST /v1/login',
      json: { email: '${person.email}', password: '${person.password}' },
      denied: { status: 401 },
      capture: { token: 'json:/access_token' },
    };
    const metrics = [{ name: 'prom', prometheus: prometheus.url, queries }];
    const targets = { mine: { url: conference.url, metrics, halts, operations: { login: [login] } } };
    writeFileSync(join(cwd, 'stormtest.config.yaml'), stringify({ targets }));
    return [
      'login-storm',
      '--target',
      'mine',
      '--config',
      join(cwd, 'stormtest.config.yaml'),
      '--out',
      join(cwd, 'out'),
    ];
  };
  const scraped = (value: number) =>
    eventually('the queue is scraped', async () => {
      const { result } = await prometheus.ask<{ result: { value: [number, string] }[] }>('query', {
        query: 'auth_queue_length',
      });
      return Number(result[0]?.value[1]) === value;
    });

  test(
    'ends with 108 when it comes to hold before the storm, and leaves a recording that says why',
    async () => {
      await scraped(3);
      const [cwd, temporary] = [folder(), folder()];
      const halts = [{ indicator: 'login.queue', above: 100, for: '3s', says: 'the real users wait' }];
      const run = startCommand(storming(cwd, { 'login.queue': 'sum(auth_queue_length)' }, halts), {
        cwd,
        env: { TMPDIR: temporary },
      });
      await run.until(/: baseline$/m, 60_000);
      queue = 612;
      const raised = performance.now();
      const { code, stdout, stderr } = await run.ended;
      const words = 'login.queue was above 100 for 3 s (612 at last): the real users wait';
      expect(code, stderr).toBe(EXIT.halted);
      expect(performance.now() - raised).toBeLessThan(30_000);
      expect(stderr).toMatch(new RegExp(`^[\\d.]+ s: HALTED: ${escaped(words)}$`, 'm'));
      expect(stderr).toContain(`stormtest: halted: ${words}`);
      expect(stdout).toContain('the run was halted after');
      const { recording } = await readRecording(join(cwd, 'out', 'recording.jsonl'));
      expect(recording.closed).toMatchObject({ reason: 'halted', says: words });
      expect(recording.score?.verdict).toBe('invalid');
      expect(recording.target.metrics).toEqual([
        { name: 'prom', url: `${prometheus.url}/`, indicators: ['login.queue'], oldest: 30_000 },
      ]);
      const told = recording.scrapes.flatMap(({ indicators }) => indicators['login.queue'] ?? []);
      expect(new Set(told)).toEqual(new Set([3, 612]));
      expect(recording.phases.map(({ name }) => name)).not.toContain('storm');
      expect(readdirSync(join(cwd, 'out')).sort()).toEqual(
        expect.arrayContaining(['recording.jsonl', 'report.html', 'report.json']),
      );
      expect(readdirSync(temporary)).toEqual([]);
      expect(() => process.kill(run.pid, 0)).toThrow();
    },
    LONG,
  );

  test(
    'ends with 108 when nothing is told of what it watches',
    async () => {
      const cwd = folder();
      const halts = [{ query: 'min(up{job="nobody"})', below: 1, for: '2s' }];
      const run = startCommand(storming(cwd, {}, halts), { cwd });
      const { code, stderr } = await run.ended;
      expect(code, stderr).toBe(EXIT.halted);
      expect(stderr).toMatch(/^targets\.mine\.halts\[0\]\.query: has no value now$/m);
      expect(stderr).toMatch(/^stormtest: halted: nothing was told of min\(up\{job="nobody"\}\) for [5-9](\.\d)? s$/m);
    },
    LONG,
  );

  test('is not ready when a query is wrong, with file and line, and nothing is begun', async () => {
    const cwd = folder();
    const queries = { 'login.queue': 'sum(auth_queue_length', participants: 'auth_queue_length' };
    const ended = await answered(storming(cwd, queries, [{ query: 'up[5m]', below: 1, for: '2s' }]));
    expect(ended.code).toBe(EXIT.notReady);
    expect(mistakesIn(ended)).toEqual([
      expect.stringMatching(
        /stormtest\.config\.yaml:\d+:\d+ targets\.mine\.metrics\[0\]\.queries\.login\.queue: the server cannot read the query: 1:22: parse error: unclosed left parenthesis \(/,
      ),
      expect.stringMatching(
        /stormtest\.config\.yaml:\d+:\d+ targets\.mine\.halts\[0\]\.query: the query gives a range, not a value \(/,
      ),
    ]);
    expect(readdirSync(cwd)).toEqual(['stormtest.config.yaml']);
  });
});

function escaped(text: string): string {
  return text.replace(/[.()]/g, '\\$&');
}
