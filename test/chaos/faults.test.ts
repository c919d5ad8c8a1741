import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Guard } from '../../chaos/guard.ts';
import { placed } from '../../chaos/placing.ts';
import { undone } from '../../chaos/undoing.ts';
import type { FaultEvent } from '../../core/event.ts';
import type { CommandMeans, Services } from '../../core/means.ts';
import type { PlannedFault } from '../../core/plan.ts';
import { COMMANDS, fileMeans, isBroken, refusalAt } from '../support/command-fault.ts';
import { type FaultRun, runOf, statesOf } from '../support/fault-run.ts';
import { guards } from '../support/guards.ts';
import { eventually } from '../support/reference.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folder = temporaryFolders();
const guarded = guards();

interface Running extends FaultRun {
  readonly guard: Guard;
  /** Where the file is that is the fault. */
  readonly at: string;
}

async function begun(
  planned: readonly PlannedFault[],
  changes: (at: string) => Partial<CommandMeans> = () => ({}),
  { stop, hear }: { readonly stop?: AbortSignal; readonly hear?: (event: FaultEvent) => void } = {},
  services?: Services,
): Promise<Running> {
  const at = folder();
  const guard = guarded(at);
  const reached = services ?? { database: [fileMeans(at, changes(at))] };
  const ready = await placed(planned, { services: reached, injectors: COMMANDS, guard, undo: undone });
  return { ...runOf(ready, stop, hear), guard, at };
}

const SHORT = refusalAt(300, 900);
const LONG = refusalAt(0, 60_000);

describe('a planned fault', () => {
  test('is put in at its time, shown, and taken out at its end', async () => {
    const { events, ended, guard, at } = await begun([SHORT]);
    await ended;
    expect(statesOf({ events, ended })).toEqual(['applied', 'proven', 'lifted']);
    const [applied, , lifted] = events;
    expect(applied?.at).toBeGreaterThanOrEqual(300);
    expect(lifted?.at).toBeGreaterThanOrEqual(900);
    expect([isBroken(at), guard.open()]).toEqual([false, []]);
  });

  test('whose service is not mapped is told, and nothing else', async () => {
    const run = await begun([SHORT], undefined, {}, {});
    await run.ended;
    expect(statesOf(run)).toEqual(['not injected']);
  });

  test('that cannot be written down is not injected', async () => {
    const at = folder();
    writeFileSync(join(at, 'intents'), '');
    const guard = guarded(at);
    const equipment = { services: { database: [fileMeans(at)] }, injectors: COMMANDS, guard, undo: undone };
    const run = runOf(await placed([SHORT], equipment));
    await run.ended;
    expect(statesOf(run)).toEqual(['not injected']);
    expect(run.events[0]?.says).toContain('cannot be written');
    expect(isBroken(at)).toBe(false);
  });

  test('that fails on the way in proves nothing, and is taken out at once', async () => {
    const run = await begun([LONG], (at) => ({ inject: `touch ${at}/broken; exit 3` }));
    await run.ended;
    expect(statesOf(run)).toEqual(['not proven', 'lifted']);
    expect(run.events[0]?.says).toContain('exited with 3');
    expect([isBroken(run.at), run.guard.open()]).toEqual([false, []]);
  });

  test('that fails in one of its parts is taken out of the others', async () => {
    const [good, bad] = [folder(), folder()];
    const parts = [
      { ...fileMeans(good), part: 'eu' },
      { ...fileMeans(bad, { inject: 'exit 3' }), part: 'us' },
    ];
    const run = await begun([LONG], undefined, {}, { database: parts });
    await run.ended;
    expect(statesOf(run)).toEqual(['not proven', 'lifted']);
    expect([isBroken(good), run.guard.open()]).toEqual([false, []]);
  });

  test('that somebody else takes out before its time is not proven after all', async () => {
    const run = await begun([refusalAt(0, 2_500)]);
    await eventually(() => statesOf(run).includes('proven'));
    rmSync(join(run.at, 'broken'));
    await run.ended;
    expect(statesOf(run)).toEqual(['applied', 'proven', 'not proven', 'lifted']);
    expect(run.events[2]?.says).toContain('gone before its time');
  });

  test('that cannot be taken out is told, and stays written down', async () => {
    const run = await begun([refusalAt(0, 100)], (at) => ({ lift: `test -e ${at}/key && rm -f ${at}/broken` }));
    await run.ended;
    expect(statesOf(run)).toEqual(['applied', 'proven', 'not lifted']);
    expect(run.events[2]?.says).toContain('exited with 1');
    expect(run.guard.open().map(({ name }) => name)).toEqual(['st_run_0']);
    // The watchdog tries again as soon as the run is over.
    writeFileSync(join(run.at, 'key'), '');
    run.guard.close();
    await eventually(() => !isBroken(run.at) && !existsSync(join(run.at, 'intents', 'run.jsonl')));
  });
});

describe('a run that ends early', () => {
  test('takes its faults out before it is over', async () => {
    const stop = new AbortController();
    const run = await begun([LONG], undefined, { stop: stop.signal });
    await eventually(() => statesOf(run).includes('proven'));
    stop.abort(new Error('stopped'));
    await expect(run.ended).rejects.toThrow('stopped');
    expect(statesOf(run)).toEqual(['applied', 'proven', 'lifted']);
    expect([isBroken(run.at), run.guard.open()]).toEqual([false, []]);
  });

  test('in the middle of an injection waits for it, and takes it out', async () => {
    const stop = new AbortController();
    const slow = (at: string) => ({ inject: `touch ${at}/begun; sleep 1; touch ${at}/broken` });
    const run = await begun([LONG], slow, { stop: stop.signal });
    await eventually(() => existsSync(join(run.at, 'begun')));
    stop.abort(new Error('stopped'));
    await expect(run.ended).rejects.toThrow('stopped');
    expect(statesOf(run).at(-1)).toBe('lifted');
    expect([isBroken(run.at), run.guard.open()]).toEqual([false, []]);
  });

  test('before a fault was due never has it', async () => {
    const stop = new AbortController();
    const run = await begun([refusalAt(60_000, 70_000)], undefined, { stop: stop.signal });
    stop.abort(new Error('stopped'));
    await expect(run.ended).rejects.toThrow('stopped');
    expect([run.events, isBroken(run.at), run.guard.open()]).toEqual([[], false, []]);
  });

  test('by a bug takes all faults out, also the one that takes longest', async () => {
    const [quick, slow] = [folder(), folder()];
    const services = {
      auth: [fileMeans(quick)],
      database: [fileMeans(slow, { lift: `sleep 1; rm -f ${slow}/broken` })],
    };
    let seen = 0;
    const hear = ({ state }: FaultEvent) => {
      if (state !== 'proven') return;
      seen += 1;
      if (seen === 2) throw new TypeError('a bug');
    };
    const run = await begun([refusalAt(0, 60_000, { service: 'auth' }), LONG], undefined, { hear }, services);
    await expect(run.ended).rejects.toThrow(new TypeError('a bug'));
    expect([isBroken(quick), isBroken(slow), run.guard.open()]).toEqual([false, false, []]);
  });
});
