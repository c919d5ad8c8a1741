import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { manualOf } from '../../chaos/manual.ts';
import { processIdentity } from '../../chaos/process-identity.ts';
import { processes, stateOf } from '../support/busy-process.ts';
import { eventually } from '../support/reference.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

describe('what a person types to undo a fault', () => {
  const start = processes();
  const folder = temporaryFolders();
  const typed = (line: string) => execFileSync('sh', ['-c', line], { encoding: 'utf8' });

  const identity = (pid: number) => {
    const found = processIdentity(pid);
    if (!found) throw new Error('it has ended at once');
    return found;
  };

  test('continues a process, and no other one that has got its id', async () => {
    const { pid } = await start(['sleep', '60']);
    process.kill(pid, 'SIGSTOP');
    await eventually(() => stateOf(pid) === 'T');
    const known = identity(pid);
    expect(() => typed(manualOf({ kind: 'continue', process: { pid, started: '1' } }))).toThrow();
    expect(stateOf(pid)).toBe('T');
    typed(manualOf({ kind: 'continue', process: known }));
    await eventually(() => stateOf(pid) === 'S');
    typed(manualOf({ kind: 'holder', process: known, held: 'nothing' }));
    await eventually(() => ['Z', 'gone'].includes(stateOf(pid)));
  });

  test('is a line for each thing, whatever its name', () => {
    const at = folder();
    const [file, quota] = [join(at, "it's $HOME.file"), join(at, 'cpu.max')];
    writeFileSync(file, '');
    const told = { STORMTEST_FAULT: '{"kind":"kill"}' };
    const command = {
      kind: 'command',
      command: `echo "$STORMTEST_FAULT" > '${at}/told'`,
      prove: 'false',
      folder: at,
      environment: told,
    } as const;
    const lines = manualOf({
      kind: 'all',
      parts: [{ kind: 'file', path: file }, { kind: 'cgroup', file: quota, content: 'max 100000' }, command],
    });
    expect(lines.split('\n')).toHaveLength(3);
    typed(lines);
    expect(existsSync(file)).toBe(false);
    expect(readFileSync(quota, 'utf8')).toBe('max 100000\n');
    expect(readFileSync(join(at, 'told'), 'utf8')).toBe('{"kind":"kill"}\n');
  });

  test('is nothing where the fault ends by itself', () => {
    expect(manualOf({ kind: 'fleeting', held: 'a relay' })).toBe('');
  });
});
