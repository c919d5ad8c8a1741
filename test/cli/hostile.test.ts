import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { EXIT } from '../../core/exit.ts';
import type { JsonReport } from '../../reports/json.ts';
import { endStarted, startCommand } from '../support/command-line.ts';
import { answers, hostileService, type Manners, says } from '../support/hostile-service.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folder = temporaryFolders();
afterAll(endStarted);

const OK = 'HTTP/1.1 200 OK\r\n';
/** What it does to who signs in, in turn; nothing that would cost the machine more than the storm does. */
const MANNERS: readonly Manners[] = [
  () => {},
  (socket) => socket.end(),
  (socket) => socket.resetAndDestroy(),
  says(`${OK}content-length: 100\r\n\r\n{"token":`),
  says(Buffer.from(Array.from({ length: 500 }, (_, at) => (at * 37) % 256))),
  says(`${OK}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`),
  says(`${OK}transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`),
  answers('{"token":['.repeat(2_000)),
  answers('{"token":{"toString":1}}'),
  answers('', 302, 'location: /login\r\n'),
  answers('', 503, `retry-after: ${'9'.repeat(400)}\r\n`),
];

/** What is looked at of the events of a recording. */
interface Told {
  readonly kind: string;
  readonly failed?: Readonly<Record<string, number>>;
  readonly shed?: number;
}

test('a service that turns hostile in the storm is judged, and breaks nothing', { timeout: 180_000 }, async () => {
  const cwd = folder();
  let turn = 0;
  let isHostile = false;
  const service = await hostileService((request) => {
    if (!isHostile || !request.startsWith('POST')) return answers('{"token":"secret"}');
    turn += 1;
    return MANNERS[turn % MANNERS.length];
  });
  try {
    const login = { request: 'POST /login', json: { email: '${person.email}' }, capture: { token: 'json:/token' } };
    const targets = { mine: { url: service.url, operations: { login: [login] } } };
    writeFileSync(join(cwd, 'stormtest.config.yaml'), stringify({ targets }));
    const options = ['--target', 'mine', '--base-rate', '20', '--json', '--out', 'out'];
    const storm = startCommand(['login-storm', ...options], { cwd });
    await storm.until(/: storm/);
    isHostile = true;
    const { code, stdout, stderr } = await storm.ended;
    const report: JsonReport = JSON.parse(stdout);
    expect([EXIT.failed, EXIT.unproven], stderr).toContain(code);
    expect(['died', 'invalid'], stderr).toContain(report.verdict);
    expect(turn).toBeGreaterThan(100);
    const recorded = readFileSync(join(cwd, 'out', 'recording.jsonl'), 'utf8')
      .trimEnd()
      .split('\n');
    const events = recorded.map((line): Told => JSON.parse(line));
    expect(events.slice(-2).map(({ kind }) => kind)).toEqual(['closed', 'score']);
    const kinds = [...new Set(events.flatMap(({ failed }) => Object.keys(failed ?? {})))];
    for (const kind of ['timeout', 'reset', 'protocol']) expect(kinds).toContain(kind);
    expect(events.some(({ shed = 0 }) => shed > 0)).toBe(true);
    // What it said is nobody's to read.
    expect(recorded.join('')).not.toContain('9'.repeat(100));
  } finally {
    service.close();
  }
});
