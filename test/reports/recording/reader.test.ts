import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { EXIT } from '../../../core/exit.ts';
import { Mistakes } from '../../../core/mistake.ts';
import { sequence } from '../../../core/random.ts';
import { readRecording } from '../../../reports/recording-file.ts';
import { collapsedRun, opened, recordingOf } from '../../support/report-fixtures.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

const folder = temporaryFolders();
const first = JSON.stringify(opened('a target'));
const note = '{"kind":"note","at":1000,"says":"a note"}';

function fileOf(text: string | Uint8Array): string {
  const path = join(folder(), 'recording.jsonl');
  writeFileSync(path, text);
  return path;
}

async function mistakesIn(path: string): Promise<readonly string[]> {
  const thrown = await readRecording(path).then(
    () => undefined,
    (mistakes) => mistakes,
  );
  expect(thrown).toBeInstanceOf(Mistakes);
  expect(thrown.exitCode).toBe(EXIT.usage);
  return thrown.message.split('\n');
}

test('a run read from its file is the run that was written', async () => {
  const events = collapsedRun();
  const path = fileOf(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const { recording, cut } = await readRecording(path);
  expect(cut).toBeUndefined();
  expect(JSON.stringify(recording)).toBe(JSON.stringify(recordingOf(events)));
});

test('one torn last line is put up with, and said', async () => {
  const path = fileOf(`${first}\n${note}\n{"kind":"note","at":20`);
  const { recording, cut } = await readRecording(path);
  expect(recording.notes).toHaveLength(1);
  expect(cut).toBe(`${path}:3: the last line is torn; the recording is read up to 1 s`);
});

test('a last line torn inside a character is put up with', async () => {
  const bytes = Buffer.from(`${first}\n${note}\n{"kind":"note","at":20,"says":"ü`);
  expect((await readRecording(fileOf(bytes.subarray(0, -1)))).cut).toMatch(/:3: the last line is torn/);
});

test('a last line that only lacks its newline is whole', async () => {
  const { recording, cut } = await readRecording(fileOf(`${first}\n${note}`));
  expect([recording.notes.length, cut]).toEqual([1, undefined]);
});

test.each([
  ['an empty file', '', /recording\.jsonl: is empty/],
  ['a torn opening line', first.slice(0, 100), /:1: is no recording: it ends before its opening line does/],
  ['another kind of text', 'hello\nworld\n', /:1: is no recording: its first line is not an opening line/],
  ['a missing opening line', `${note}\n`, /:1: is no recording: its first line is not an opening line/],
  [
    'a later version',
    `${first.replace('recording/1', 'recording/7')}\n`,
    /:1: is of version "recording\/7"; this stormtest reads recording\/1/,
  ],
  ['garbage in the middle', `${first}\n${note}\n}garbage{\n${note}\n`, /:3: is not an event: "}garbage{"/],
  ['an empty line in the middle', `${first}\n\n${note}\n`, /:2: is not an event: an empty line/],
  [
    'bytes that are no text',
    Buffer.concat([Buffer.from(`${first}\n`), Buffer.of(0xff, 0xfe, 0x0a), Buffer.from(`${note}\n`)]),
    /:2: is not an event: not UTF-8 text/,
  ],
  ['two recordings in one file', `${first}\n${note}\n${first}\n`, /:3: a second opening line/],
  ['an unknown kind of event', `${first}\n{"kind":"__proto__"}\n`, /:2: kind is none of recording\/1/],
  [
    'a field of the wrong type',
    `${first}\n{"kind":"note","at":"now","says":"x"}\n`,
    /:2: at must be a number, not "now"/,
  ],
  ['a number beyond all bounds', `${first}\n{"kind":"note","at":1e999,"says":"x"}\n`, /:2: at must be a number/],
  [
    'a class nobody knows',
    `${first}\n{"kind":"bin","second":1,"scenario":"s","class":"x y","cohort":"c"}\n`,
    /:2: class must be login or create/,
  ],
  ['a second no run can have', `${first}\n${note.replace('1000', '1e15')}\n`, /:2: at must be -?\d+ to \d+/],
])('%s is refused with its place', async (_, text, message) => {
  const [told] = await mistakesIn(fileOf(text));
  expect(told).toMatch(message);
});

test('every malformed line is told at once, but no more than ten', async () => {
  expect(await mistakesIn(fileOf(`${first}\nx\n${note}\ny\n${note}\n`))).toHaveLength(2);
  expect(await mistakesIn(fileOf(`${first}\n${'x\n'.repeat(50)}`))).toHaveLength(10);
});

test('a list of a million wrong things is told in a few lines', async () => {
  const line = `{"kind":"traffic","duration":[${'"x",'.repeat(999_999)}"x"]}`;
  const told = await mistakesIn(fileOf(`${first}\n${line}\n`));
  expect(told).toHaveLength(10);
  expect(told.join('\n').length).toBeLessThan(5_000);
});

test('a plan without a phase everything counts on is refused', async () => {
  const broken = first.replace('"name":"recovery"', '"name":"verification"');
  expect(await mistakesIn(fileOf(`${broken}\n`))).toEqual([
    expect.stringMatching(/:1: plan\.phases has no phase recovery/),
  ]);
});

test('a sign without a limit is refused: it would be found in anything', async () => {
  const [told] = await mistakesIn(fileOf(`${first.replace(/,"atLeast":0.5(?=\}\])/, '')}\n`));
  expect(told).toMatch(/:1: plan\.profile\.mechanism\.signs\[0\] has neither atLeast nor atMost/);
});

test('a missing file is told with the nearest name there is', async () => {
  const path = fileOf(`${first}\n`);
  expect(await mistakesIn(path.replace('recording.jsonl', 'recordign.jsonl'))).toEqual([
    `${path.replace('recording.jsonl', 'recordign.jsonl')}: there is no such file (did you mean ${path}?)`,
  ]);
});

test('a folder is told with the recording inside it', async () => {
  const path = fileOf(`${first}\n`);
  const [told] = await mistakesIn(join(path, '..'));
  expect(told).toContain(`is a folder (did you mean ${path}?)`);
  const empty = join(path, '..', 'empty');
  mkdirSync(empty);
  expect((await mistakesIn(empty))[0]).toContain('is a folder (name a recording.jsonl)');
});

test('a line that does not end is refused before it fills the memory', async () => {
  const path = fileOf(`${first}\n`);
  for (let part = 0; part < 18; part += 1) appendFileSync(path, 'x'.repeat(1024 * 1024));
  expect((await mistakesIn(path))[0]).toContain(':2: is no recording: this line does not end');
});

test('a recording cut at any byte is read up to there, or refused, but never breaks the reader', async () => {
  const lines = collapsedRun().map((event) => `${JSON.stringify(event)}\n`);
  const whole = Buffer.from(lines.join(''));
  const random = sequence(7);
  for (let time = 0; time < 60; time += 1) {
    const at = Math.floor(random() * whole.length);
    const path = fileOf(whole.subarray(0, at));
    if (at < Buffer.byteLength(lines[0] ?? '') - 1) {
      await expect(readRecording(path)).rejects.toThrow(Mistakes);
      continue;
    }
    const { recording, cut } = await readRecording(path);
    expect(recording.closed).toBeUndefined();
    const ends = whole[at - 1] === 0x0a || whole[at] === 0x0a;
    expect(cut === undefined).toBe(ends);
  }
});

test('a recording with bytes changed anywhere is read or refused, but never breaks the reader', async () => {
  const whole = Buffer.from(
    collapsedRun()
      .slice(0, 200)
      .map((event) => `${JSON.stringify(event)}\n`)
      .join(''),
  );
  const random = sequence(11);
  for (let time = 0; time < 300; time += 1) {
    const mutant = Buffer.from(whole);
    for (let change = 0; change < 3; change += 1)
      mutant[Math.floor(random() * mutant.length)] = Math.floor(random() * 256);
    await readRecording(fileOf(mutant)).catch((thrown) => expect(thrown).toBeInstanceOf(Mistakes));
  }
});

test('a long recording is folded as it is read, not held in memory', () => {
  const path = fileOf(`${first}\n`);
  const bin = {
    second: 3,
    scenario: 's',
    class: 'login',
    cohort: 'everybody',
    offered: 1,
    good: 1,
    first: 1,
    eventual: 1,
    shed: 0,
    dropped: 0,
    failed: {},
    attempts: 1,
    latency: [100, 1],
  };
  const many = `${JSON.stringify({ kind: 'bin', ...bin })}\n`.repeat(10_000);
  for (let part = 0; part < 50; part += 1) appendFileSync(path, many);
  const library = pathToFileURL('dist/reports/recording-file.js').href;
  const script = `
    const { readRecording } = await import(${JSON.stringify(library)});
    const { recording } = await readRecording(${JSON.stringify(path)});
    process.stdout.write(String(recording.bins[0].offered));`;
  // The file is over 90 MB; the heap may have 48.
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--max-old-space-size=48', '--input-type=module', '-e', script],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  expect(stdout).toBe('500000');
}, 60_000);
