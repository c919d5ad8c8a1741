import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../core/event.ts';
import { EXIT } from '../../core/exit.ts';
import { answered, mistakesIn } from '../support/answered.ts';
import { PROGRAM, stormtest } from '../support/command-line.ts';
import { collapsedRun, survivedRun } from '../support/report-fixtures.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folder = temporaryFolders();

function written(events: readonly RunEvent[], cut = 0): string {
  const path = join(folder(), 'recording.jsonl');
  const text = events.map((event) => `${JSON.stringify(event)}\n`).join('');
  writeFileSync(path, text.slice(0, text.length - cut));
  return path;
}

function fileOf(text: string | Uint8Array): string {
  const path = join(folder(), 'recording.jsonl');
  writeFileSync(path, text);
  return path;
}

const [first] = collapsedRun();
const opening = JSON.stringify(first);
const matchesSchema = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync('schema/report.schema.json', 'utf8')),
);

describe.each(['score', 'report'])('%s of what is no recording', (command) => {
  test.each([
    ['a file that is not there', () => join(folder(), 'recording.jsonl'), /^F: there is no such file/],
    ['an empty file', () => fileOf(''), /^F: is empty \(a recording begins with an opening line\)$/],
    ['a file of another kind', () => fileOf('{"a":1}\n'), /^F:1: is no recording: .* \(name a recording\.jsonl\)$/],
    ['a picture', () => fileOf(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')), /^F:1: is no recording/],
    [
      'a recording of a newer version',
      () => fileOf(`${opening.replace('"recording/1"', '"recording/2"')}\n`),
      /^F:1: is of version "recording\/2"; this stormtest reads recording\/1$/,
    ],
    [
      'a recording with a broken line',
      () => fileOf(`${opening}\n{"kind":\n{}\n`),
      /^F:2: is not an event: "\{\\"kind\\":"$/,
    ],
    ['a recording torn in its first line', () => fileOf(opening.slice(0, 90)), /^F:1: is no recording: it ends before/],
  ])('%s is told with its place', async (_, make, told) => {
    const path = make();
    const ended = await answered([command, path]);
    expect(ended).toMatchObject({ code: EXIT.usage, stdout: '' });
    expect(mistakesIn(ended)[0]?.replace(path, 'F')).toMatch(told);
    expect(readdirSync(join(path, '..'))).toEqual(existsSync(path) ? ['recording.jsonl'] : []);
  });
});

describe('score', () => {
  test.each([
    ['a target that died', collapsedRun, EXIT.failed, /DIED/],
    ['a target that survived', survivedRun, EXIT.survived, /SURVIVED/],
  ])('judges %s again, as the run was answered', async (_, run, code, verdict) => {
    const path = written(run());
    const ended = await answered(['score', path]);
    expect([ended.code, ended.stderr]).toEqual([code, '']);
    expect(ended.stdout).toMatch(verdict);
    expect(await answered(['score', join(path, '..')])).toEqual(ended);
    expect(readdirSync(join(path, '..'))).toEqual(['recording.jsonl']);
  });

  test('in JSON is a report as its schema has it, whole through a pipe', async () => {
    const path = written(collapsedRun());
    // The reader of the pipe is slow, and the report about as long as what a pipe holds.
    const piped = spawnSync(
      'sh',
      ['-c', '"$0" "$1" score "$2" --json | { sleep 1; cat; }', process.execPath, PROGRAM, path],
      {
        encoding: 'utf8',
      },
    );
    expect(piped.stderr).toBe('');
    const report = JSON.parse(piped.stdout);
    matchesSchema(report);
    expect(matchesSchema.errors).toBeNull();
    expect(report).toMatchObject({ version: 'report/1', verdict: 'died' });
  });

  test('of a truncated recording goes up to the cut, and says so', async () => {
    const ended = await stormtest(['score', written(collapsedRun(), 2_000_000 % 700)], { cwd: folder() });
    expect(ended.stderr).toMatch(/recording\.jsonl:\d+: the last line is torn; the recording is read up to \d+ s\n/);
  });

  test('of a recording cut off in the storm proves nothing, and says why', async () => {
    const events = collapsedRun();
    const storm = events.findIndex((event) => event.kind === 'phase' && event.name === 'recovery');
    const path = written(events.slice(0, storm), 10);
    const ended = await answered(['score', path]);
    expect(ended.code).toBe(EXIT.unproven);
    expect(ended.stderr).toMatch(/the last line is torn; the recording is read up to 2\d s/);
    expect(ended.stdout).toMatch(/INVALID/);
    expect(ended.stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /the recording ends without a closing line 2\d(\.\d)? s into the run/,
    );
  });
});

describe('report', () => {
  test('writes both reports beside the recording and names them', async () => {
    const path = written(survivedRun());
    const ended = await answered(['report', path]);
    const [html, json] = ['report.html', 'report.json'].map((name) => join(path, '..', name));
    expect(ended).toEqual({ code: EXIT.survived, stdout: `${html}\n${json}\n`, stderr: '' });
    expect(readFileSync(html ?? '', 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    const report = JSON.parse(readFileSync(json ?? '', 'utf8'));
    matchesSchema(report);
    expect(matchesSchema.errors).toBeNull();
    expect(report.verdict).toBe('survived');
  });

  test('makes the folder it is told to write to, and leaves the recording’s alone', async () => {
    const [path, out] = [written(survivedRun()), join(folder(), 'deep', 'down')];
    expect((await answered(['report', path, '--out', out])).code).toBe(EXIT.survived);
    expect(readdirSync(out).toSorted()).toEqual(['report.html', 'report.json']);
    expect(readdirSync(join(path, '..'))).toEqual(['recording.jsonl']);
  });

  test('tells what stands in the way of the folder', async () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    const ended = await answered(['report', written(survivedRun()), '--out', join(file, 'x')]);
    expect([ended.code, ended.stderr]).toEqual([
      EXIT.usage,
      expect.stringMatching(/^stormtest: --out: cannot make the folder/),
    ]);
  });

  test('is whole or absent: a report that cannot be written is not left half', async () => {
    const path = written(survivedRun());
    mkdirSync(join(path, '..', 'report.html'));
    const ended = await answered(['report', path]);
    expect([ended.code, ended.stderr]).toEqual([EXIT.broken, expect.stringMatching(/report\.html: cannot be written/)]);
  });
});

test('a reader that has had enough does not turn a death into a survival', () => {
  const path = written(collapsedRun());
  const line = '"$0" "$1" score "$2" --json; echo "answered $?" >&2';
  const piped = spawnSync('sh', ['-c', `{ ${line}; } | head -c 10`, process.execPath, PROGRAM, path], {
    encoding: 'utf8',
  });
  expect(piped.stderr).toBe(`answered ${EXIT.failed}\n`);
});

test.runIf(existsSync('/dev/full'))('a result that cannot be delivered is a failure', () => {
  const line = '"$0" "$1" score "$2" >/dev/full';
  const ended = spawnSync('sh', ['-c', line, process.execPath, PROGRAM, written(survivedRun())], { encoding: 'utf8' });
  expect(ended.status).toBe(EXIT.broken);
});
