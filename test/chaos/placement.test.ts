import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Guard } from '../../chaos/guard.ts';
import { commandInjector } from '../../chaos/injectors/command.ts';
import { IntentLog } from '../../chaos/intents.ts';
import { type Placement, placementOf } from '../../chaos/placement.ts';
import { undone } from '../../chaos/undoing.ts';
import type { CommandMeans } from '../../core/means.ts';
import { fileMeans, isBroken, refusalAt } from '../support/command-fault.ts';
import { guards } from '../support/guards.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folder = temporaryFolders(undefined, afterAll);
const guarded = guards(afterAll);

interface Ground {
  readonly place: Placement;
  readonly guard: Guard;
}

async function groundAt(at: string, changes: Partial<CommandMeans> = {}): Promise<Ground> {
  const guard = guarded(at);
  const name = 'st_run_0';
  const planned = refusalAt(0, 10_000);
  const means = fileMeans(at, changes);
  const prepared = await commandInjector.prepare({ name, does: { kind: 'refusal' }, means, lasting: 10_000 });
  return { guard, place: placementOf({ name, planned, prepared, guard, undo: undone }) };
}

describe('a fault at one place', () => {
  test('is written down with all it takes to undo it before it is injected', async () => {
    const at = folder();
    const inject = `cp ${at}/intents/run.jsonl ${at}/seen && touch ${at}/broken`;
    const { place, guard } = await groundAt(at, { inject });
    await place.lookBefore();
    await place.inject();
    const [seen] = new IntentLog(join(at, 'seen')).open();
    expect(seen).toMatchObject({ name: 'st_run_0', says: 'refusal at database: connections refused' });
    expect(Date.parse(seen?.expiresAt ?? '') - Date.now()).toBeGreaterThan(10_000);
    expect(readFileSync(join(at, 'intents', 'run.jsonl'), 'utf8')).toContain('{"did":"apply","name":"st_run_0"}');
    expect([place.isIn, isBroken(at)]).toEqual([true, true]);
    expect(await place.proof()).toMatchObject({ holds: true });
    // What was written down is enough for anybody.
    if (seen) await undone(seen.undo);
    expect(isBroken(at)).toBe(false);
    expect(await place.lift()).toMatchObject({ holds: true });
    expect([place.isIn, guard.open()]).toEqual([false, []]);
  });

  test('is not injected when it cannot be written down', async () => {
    const at = folder();
    writeFileSync(join(at, 'intents'), '');
    const { place } = await groundAt(at);
    await expect(place.inject()).rejects.toThrow('cannot be written');
    expect([place.isIn, isBroken(at)]).toEqual([false, false]);
    expect(await place.lift()).toEqual({ holds: true, says: 'was never in place' });
  });

  test('may be in when injecting it failed, so it is taken out', async () => {
    const at = folder();
    const { place, guard } = await groundAt(at, { inject: `touch ${at}/broken; exit 3` });
    await expect(place.inject()).rejects.toThrow('exited with 3');
    expect([place.isIn, guard.open().length, isBroken(at)]).toEqual([true, 1, true]);
    expect(await place.lift()).toMatchObject({ holds: true });
    expect([place.isIn, guard.open().length, isBroken(at)]).toEqual([false, 0, false]);
  });

  test('that cannot be taken out says why and stays written down, until it can', async () => {
    const at = folder();
    const { place, guard } = await groundAt(at, { lift: `test -e ${at}/key && rm -f ${at}/broken` });
    await place.inject();
    const { holds, says } = await place.lift();
    expect(holds).toBe(false);
    expect(says).toContain('exited with 1');
    expect([place.isIn, guard.open().length]).toEqual([true, 1]);
    writeFileSync(join(at, 'key'), '');
    expect(await place.lift()).toMatchObject({ holds: true });
    expect([place.isIn, guard.open(), existsSync(join(at, 'intents', 'run.jsonl'))]).toEqual([false, [], false]);
  });
});

describe.concurrent('patience', () => {
  test('is had with a fault that shows late', async () => {
    const at = folder();
    const { place } = await groundAt(at, { inject: `(sleep 1; touch ${at}/broken) >/dev/null 2>&1 &` });
    await place.inject();
    expect(await place.proof()).toMatchObject({ holds: true });
    await place.lift();
  });

  test('has an end: a fault that nobody sees is not proven', async () => {
    const at = folder();
    const { place } = await groundAt(at, { inject: 'true' });
    await place.inject();
    const { holds, says } = await place.proof();
    expect(holds).toBe(false);
    expect(says).toContain('said in 0 of 5 looks that it is in place');
    await place.lift();
  });

  test('is had with a command that takes its time to lift it', async () => {
    const at = folder();
    const { place, guard } = await groundAt(at, { lift: `sleep 11; rm -f ${at}/broken` });
    await place.inject();
    expect(await place.lift()).toMatchObject({ holds: true });
    expect([isBroken(at), guard.open()]).toEqual([false, []]);
  });
});
