import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import type { RunEvent } from '../../../core/event.ts';
import { EXIT } from '../../../core/exit.ts';
import { Mistakes } from '../../../core/mistake.ts';
import { openRecording, readRecording } from '../../../reports/recording-file.ts';
import { opened, survivedRun } from '../../support/report-fixtures.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

const folder = temporaryFolders();
const note = (at: number, says = 'a note'): RunEvent => ({ kind: 'note', at, says });

test('what is written can be read back, event by event', async () => {
  const path = join(folder(), 'deep', 'down', 'recording.jsonl');
  const events = survivedRun();
  const writer = openRecording(path);
  for (const event of events) writer.write(event);
  await writer.close();
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(events);
  const { recording, cut } = await readRecording(path);
  expect(cut).toBeUndefined();
  expect(recording.target.name).toBe('reference:hardened');
});

test('a line is in the file within a second, without being asked', async () => {
  const path = join(folder(), 'recording.jsonl');
  const writer = openRecording(path);
  writer.write(opened('a target'));
  await vi.waitFor(() => expect(readFileSync(path, 'utf8')).toMatch(/"a target".*\n$/), { timeout: 5_000 });
  await writer.close();
});

test('a recording is never written over', async () => {
  const path = join(folder(), 'recording.jsonl');
  writeFileSync(path, 'evidence');
  expect(() => openRecording(path)).toThrow(/recording\.jsonl: is there already/);
  expect(readFileSync(path, 'utf8')).toBe('evidence');
});

test('a place that cannot be written is a mistake of the user', () => {
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  expect(() => openRecording(join(file, 'recording.jsonl'))).toThrow(Mistakes);
  expect(() => openRecording(join(file, 'recording.jsonl'))).toThrow(/a file stands where a folder has to be/);
});

test('more than a slow disk can take stops the run instead of filling the memory', async () => {
  const path = join(folder(), 'recording.jsonl');
  const writer = openRecording(path);
  const heard = vi.fn();
  writer.failure.addEventListener('abort', heard);
  writer.write(opened('a target'));
  // The disk gets no turn between these, as if it hung.
  const megabyte = 'x'.repeat(1024 * 1024);
  for (let at = 0; at < 80; at += 1) writer.write(note(at, megabyte));
  expect(heard).toHaveBeenCalledOnce();
  await expect(writer.close()).rejects.toThrow(/the disk is too slow/);
  const { recording } = await readRecording(path);
  expect(recording.notes.length).toBeLessThan(80);
});

/** Records until the disk refuses, in a process of its own, and says what it was told. */
const UNTIL_REFUSED = `
const [, path, library, line] = process.argv;
const { openRecording } = await import(library);
const writer = openRecording(path);
let told = 0;
writer.failure.addEventListener('abort', () => { told += 1; });
writer.write(JSON.parse(line));
for (let at = 0; at < 2000 && !writer.failure.aborted; at += 1) {
  writer.write({ kind: 'note', at, says: 'x'.repeat(500) });
  if (at % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
}
const failure = await writer.close().then(() => undefined, (thrown) => thrown);
process.stdout.write(JSON.stringify({ told, message: failure?.message, exitCode: failure?.exitCode }));
`;

function recordUntilRefused(path: string, shell: (command: string) => readonly string[]): unknown {
  const script = join(path, '..', 'record.mjs');
  writeFileSync(script, UNTIL_REFUSED.replace('const [, path', 'const [, , path'));
  const library = pathToFileURL('dist/reports/recording-file.js').href;
  const quoted = [process.execPath, script, path, library, JSON.stringify(opened('a target'))].map(
    (word) => `'${word}'`,
  );
  const [program = '', ...rest] = shell(quoted.join(' '));
  return JSON.parse(execFileSync(program, rest, { encoding: 'utf8', timeout: 20_000 }));
}

function expectWholeLines(text: string): void {
  expect(text.endsWith('\n')).toBe(true);
  const lines = text.trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
}

test('a file that may grow no further keeps its whole lines, and the run is told once', async () => {
  const path = join(folder(), 'recording.jsonl');
  const told = recordUntilRefused(path, (command) => ['sh', '-c', `ulimit -f 100; exec ${command}`]);
  expect(told).toEqual({ told: 1, message: expect.stringMatching(/may not grow any further/), exitCode: EXIT.broken });
  expectWholeLines(readFileSync(path, 'utf8'));
  expect((await readRecording(path)).cut).toBeUndefined();
});

const canMount = spawnSync('unshare', ['-m', 'true']).status === 0 && existsSync('/proc/self/ns/mnt');

describe.skipIf(!canMount)(canMount ? 'a full disk' : 'a full disk (needs the right to mount)', () => {
  test('leaves whole lines behind and is named', () => {
    const place = folder();
    const [path, kept] = [join(place, 'full', 'recording.jsonl'), join(place, 'kept.jsonl')];
    const told = recordUntilRefused(path.replace('/full', ''), (command) => {
      const inside = command.replace(`'${join(place, 'recording.jsonl')}'`, `'${path}'`);
      const mounted = `mkdir ${place}/full && mount -t tmpfs -o size=128k tmpfs ${place}/full`;
      return ['unshare', '-m', 'sh', '-c', `${mounted} && ${inside} && cp ${path} ${kept}`];
    });
    expect(told).toEqual({ told: 1, message: expect.stringMatching(/the disk is full/), exitCode: EXIT.broken });
    expectWholeLines(readFileSync(kept, 'utf8'));
  });
});
