import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { commandInjector } from '../../../chaos/injectors/command.ts';
import { ran } from '../../../chaos/shell.ts';
import type { CommandMeans } from '../../../core/means.ts';
import { stateOf } from '../../support/busy-process.ts';
import { looks, undo } from '../../support/injection.ts';
import { ownerOf } from '../../support/owner-process.ts';
import { eventually } from '../../support/reference.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

describe('faults by commands', () => {
  const folder = temporaryFolders();
  const task = (means: Partial<CommandMeans>, at = folder()) => ({
    name: 'st_test_0',
    does: { kind: 'latency', latency: 200, jitter: 0 } as const,
    means: {
      by: 'command',
      can: ['latency'],
      inject: `touch ${at}/slow`,
      lift: `rm -f ${at}/slow`,
      prove: `test -e ${at}/slow`,
      ...means,
    } as const,
    lasting: 1_000,
  });

  test('are put in place, proven and lifted as their commands say', async () => {
    const prepared = await commandInjector.prepare(task({}));
    const before = await looks(prepared);
    expect(prepared.bites(before, before)).toMatchObject({ holds: false });
    await prepared.inject();
    const during = await looks(prepared);
    expect(prepared.bites(before, during)).toMatchObject({ holds: true });
    expect(prepared.gone(before, during)).toMatchObject({ holds: false });
    await undo(prepared.undo);
    expect(prepared.gone(before, await looks(prepared))).toMatchObject({ holds: true });
    await undo(prepared.undo);
  });

  test('are told of the fault, also when another process lifts it', async () => {
    const at = folder();
    const tell = `echo "$STORMTEST_NAME $STORMTEST_KIND $STORMTEST_FAULT $HOME"`;
    const means = { inject: `${tell} > ${at}/slow`, lift: `${tell} > ${at}/lifted; rm ${at}/slow` };
    const owner = await ownerOf('command', 'commandInjector', task(means, at));
    await owner.kill();
    const told = `st_test_0 latency {"kind":"latency","latency":200,"jitter":0} ${process.env.HOME ?? ''}\n`;
    expect(readFileSync(join(at, 'slow'), 'utf8')).toBe(told);
    await undo(owner.undo);
    expect(readFileSync(join(at, 'lifted'), 'utf8')).toBe(told);
    expect(existsSync(join(at, 'slow'))).toBe(false);
  });

  test('that fail say why', async () => {
    const prepared = await commandInjector.prepare(task({ inject: 'echo no; echo route to host >&2; exit 4' }));
    await expect(prepared.inject()).rejects.toThrow('exited with 4: no\nroute to host');
  });

  test('are not lifted when the proof still finds them, whatever the command says', async () => {
    const at = folder();
    const prepared = await commandInjector.prepare(task({ lift: 'true' }, at));
    await prepared.inject();
    await expect(undo(prepared.undo)).rejects.toThrow('`true` succeeded, and `test -e');
  });

  test('are refused when they are in place already, or when the proof cannot look', async () => {
    await expect(commandInjector.prepare(task({ prove: 'true' }))).rejects.toThrow('in place already');
    await expect(commandInjector.prepare(task({ prove: 'no-such-program-here' }))).rejects.toThrow('exited with 127');
    expect(commandInjector.can({ kind: 'kill' }, task({}).means)).toBe(false);
  });

  test('that do not end are ended with all they started', async () => {
    const at = folder();
    const began = performance.now();
    const { code, says } = await ran(`sleep 50 & echo $! > ${at}/child; wait`, { limit: 500 });
    expect({ code, says }).toEqual({ code: undefined, says: 'did not end within 0.5 s' });
    expect(performance.now() - began).toBeLessThan(10_000);
    const child = Number(readFileSync(join(at, 'child'), 'utf8'));
    await eventually(() => ['gone', 'Z'].includes(stateOf(child)));
  });

  test('may leave a service behind, which goes on though nobody reads what it says', async () => {
    const at = folder();
    writeFileSync(
      join(at, 'service'),
      `echo $$ > ${at}/pid; for n in $(seq 40); do echo line; sleep 0.05; done; touch ${at}/done`,
    );
    const { code } = await ran(`sh ${at}/service &`, { limit: 5_000 });
    expect(code).toBe(0);
    await sleep(300);
    expect(stateOf(Number(readFileSync(join(at, 'pid'), 'utf8')))).not.toBe('gone');
    await eventually(() => existsSync(join(at, 'done')));
  });
});
