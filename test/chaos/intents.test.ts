import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as immediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type Intent, IntentLog, openLogs } from '../../chaos/intents.ts';
import { EXIT } from '../../core/exit.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folder = temporaryFolders();

function intent(name: string): Intent {
  return {
    name,
    says: 'a fault',
    undo: { kind: 'file', path: `/nowhere/${name}` },
    owner: { pid: 1, started: '1' },
    expiresAt: new Date(0).toISOString(),
  };
}

const names = (log: IntentLog) => log.open().map(({ name }) => name);

test('what is intended is open, in its order, until it is undone, also for whoever reads it later', () => {
  const at = join(folder(), 'intents');
  const log = IntentLog.of(at, 'run');
  expect(log.open()).toEqual([]);
  for (const name of ['a', 'b', 'c']) log.intend(intent(name));
  log.applied('a');
  expect(log.open()).toEqual([intent('a'), intent('b'), intent('c')]);
  log.undone('b', 'owner');
  expect([names(log), names(new IntentLog(log.file))]).toEqual([
    ['a', 'c'],
    ['a', 'c'],
  ]);
});

test('the log goes with the last of it, but not by a watchdog, whose owner may go on', () => {
  const log = IntentLog.of(folder(), 'run');
  log.intend(intent('a'));
  log.undone('a', 'watchdog');
  expect([names(log), existsSync(log.file)]).toEqual([[], true]);
  log.intend(intent('b'));
  log.clear();
  expect(names(new IntentLog(log.file))).toEqual(['b']);
  log.undone('b', 'cleanup');
  expect(existsSync(log.file)).toBe(false);
  log.undone('b', 'owner');
  log.clear();
});

test('what is intended again after it was undone is open again', () => {
  const log = IntentLog.of(folder(), 'run');
  log.intend(intent('a'));
  log.undone('a', 'watchdog');
  log.intend(intent('a'));
  expect([names(log), names(new IntentLog(log.file))]).toEqual([['a'], ['a']]);
});

test('nobody else reads it, since it may name what is secret', () => {
  const at = join(folder(), 'state', 'intents');
  const log = IntentLog.of(at, 'run');
  log.intend(intent('a'));
  expect(statSync(at).mode & 0o777).toBe(0o700);
  expect(statSync(log.file).mode & 0o777).toBe(0o600);
});

test('a line that was cut off hides none of the others', () => {
  const log = IntentLog.of(folder(), 'run');
  log.intend(intent('a'));
  appendFileSync(log.file, '{"did":"intend","name":"b","undo":{"kind":');
  expect(names(log)).toEqual(['a']);
});

test('logs are found by what they are called, and a folder that is not there has none', () => {
  const at = folder();
  writeFileSync(join(at, 'notes.txt'), 'nothing');
  IntentLog.of(at, 'one').intend(intent('a'));
  IntentLog.of(at, 'two').intend(intent('b'));
  expect(openLogs(at).flatMap(names).toSorted()).toEqual(['a', 'b']);
  expect(openLogs(join(at, 'nothing'))).toEqual([]);
});

describe('a log that cannot be written', () => {
  test('because its folder cannot be made is the mistake of whoever says where it is', () => {
    const at = folder();
    writeFileSync(join(at, 'file'), '');
    const log = IntentLog.of(join(at, 'file', 'intents'), 'run');
    expect(() => log.intend(intent('a'))).toThrow(
      expect.objectContaining({ name: 'Mistakes', exitCode: EXIT.broken, message: expect.stringContaining('ENOTDIR') }),
    );
    expect(() => openLogs(join(at, 'file'))).toThrow(/cannot be read \(ENOTDIR.*may say what is to be put back/);
  });

  test.runIf(process.getuid?.() === 0)(
    'because the disk is full stays as it was, and keeps nothing from being undone',
    () => {
      const at = join(folder(), 'small');
      mkdirSync(at);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'stormtest', at]);
      try {
        const log = IntentLog.of(at, 'run');
        for (const name of ['a', 'b']) log.intend(intent(name));
        execFileSync('sh', ['-c', `cat /dev/zero > ${at}/full 2>/dev/null || true`]);
        // What is left of the last block takes some lines still.
        expect(() => {
          for (let n = 0; n < 100; n += 1) log.intend(intent(`more${n}`));
        }).toThrow(/cannot be written \((no room|ENOSPC)/);
        const before = readFileSync(log.file, 'utf8');
        expect(before.endsWith('\n')).toBe(true);
        log.applied('a');
        for (const name of names(log)) log.undone(name, 'owner');
        expect([names(log), existsSync(log.file)]).toEqual([[], false]);
      } finally {
        execFileSync('umount', ['-l', at]);
      }
    },
  );
});

test('a log that its watchdog removes at this moment is one that has nothing open', async () => {
  const file = join(folder(), 'run.jsonl');
  const code = `const { rmSync, writeFileSync } = require('node:fs');
    for (let n = 0; n < 5_000; n += 1) { writeFileSync(process.argv[1], ''); rmSync(process.argv[1]); }`;
  const child = spawn(process.execPath, ['-e', code, file], { stdio: 'ignore' });
  const log = new IntentLog(file);
  while (child.exitCode === null) {
    for (let looks = 0; looks < 200; looks += 1) expect(log.open()).toEqual([]);
    await immediate();
  }
  expect(child.exitCode).toBe(0);
});
