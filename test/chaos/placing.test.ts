import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Guard } from '../../chaos/guard.ts';
import { type Placed, placed } from '../../chaos/placing.ts';
import { undone } from '../../chaos/undoing.ts';
import type { Means, Services } from '../../core/means.ts';
import type { PlannedFault } from '../../core/plan.ts';
import { COMMANDS, fileMeans, isBroken, refusalAt } from '../support/command-fault.ts';
import { guards } from '../support/guards.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folder = temporaryFolders();
const guarded = guards();
/** Of what was placed last. */
let guard: Guard;

async function placedIn(services: Services, ...faults: PlannedFault[]): Promise<readonly Placed[]> {
  guard = guarded(folder());
  return await placed(faults, { services, injectors: COMMANDS, guard, undo: undone });
}

/** Why a fault cannot be anywhere. */
async function whyNot(services: Services, fault: PlannedFault): Promise<string> {
  const [one] = await placedIn(services, fault);
  if (one?.kind !== 'unplaced') throw new Error('it has a place');
  return one.why;
}

describe('a fault is nowhere', () => {
  test('when nothing says how its service is reached', async () => {
    const why = "the target's configuration does not say how its database is reached";
    expect(await whyNot({}, refusalAt(0, 1))).toBe(why);
    expect(await whyNot({ auth: [fileMeans(folder())] }, refusalAt(0, 1))).toBe(why);
    expect(await whyNot({ database: [] }, refusalAt(0, 1, { otherwise: 'auth' }))).toBe(why);
  });

  test('when its service has no such part', async () => {
    const eu = { ...fileMeans(folder()), part: 'eu' };
    const us = refusalAt(0, 1, { part: 'us' });
    expect(await whyNot({ database: [eu] }, us)).toBe('the database has no part "us" (it has eu)');
    expect(await whyNot({ database: [fileMeans(folder())] }, us)).toBe(
      'the database has no part "us" (it has no parts)',
    );
  });

  test('when none of the means can do it', async () => {
    const other = fileMeans(folder(), { can: ['kill'] });
    const volume = { by: 'volume', path: '/nowhere' } as const;
    expect(await whyNot({ database: [other, volume] }, refusalAt(0, 1))).toBe(
      'refusal at database cannot be done by what the configuration gives (command, volume)',
    );
  });

  test('when the means are not what they are said to be, and then in no other part either', async () => {
    const at = folder();
    const means = { ...fileMeans(at), part: 'eu' };
    const broken = { ...fileMeans(folder(), { prove: 'true' }), part: 'us' };
    expect(await whyNot({ database: [means, broken] }, refusalAt(0, 1))).toContain('in place already');
    expect(isBroken(at)).toBe(false);
  });
});

describe('a fault is placed', () => {
  test('by the first of the means that can do it, and nothing is touched before its time', async () => {
    const [first, second, third] = [folder(), folder(), folder()];
    const cannot = fileMeans(first, { can: ['kill'] });
    const [one] = await placedIn({ database: [cannot, fileMeans(second), fileMeans(third)] }, refusalAt(0, 1));
    if (one?.kind !== 'placed') throw new Error('it has no place');
    expect(one.places).toHaveLength(1);
    expect([first, second, third].map((at) => readdirSync(at))).toEqual([[], [], []]);
    expect(existsSync(guard.folder)).toBe(false);
    await one.places[0]?.inject();
    expect([first, second, third].map(isBroken)).toEqual([false, true, false]);
    await one.places[0]?.lift();
    expect(isBroken(second)).toBe(false);
  });

  test('where it goes otherwise, when its own service is not mapped', async () => {
    const [auth, database] = [folder(), folder()];
    const fault = refusalAt(0, 1, { otherwise: 'auth' });
    for (const [services, at] of [
      [{ auth: [fileMeans(auth)] }, auth],
      [{ auth: [fileMeans(auth)], database: [fileMeans(database)] }, database],
    ] as const) {
      const [one] = await placedIn(services, fault);
      if (one?.kind !== 'placed') throw new Error('it has no place');
      await one.places[0]?.inject();
      expect([auth, database].filter(isBroken)).toEqual([at]);
      await one.places[0]?.lift();
    }
  });

  test('in those parts of its service alone for which a way is declared that can do it', async () => {
    const [eu, us] = ['eu', 'us'].map((part) => ({ ...fileMeans(folder()), part }));
    const asia = { by: 'process', pid: 1, part: 'asia' } as const;
    const [all] = await placedIn({ database: [asia, eu, us] as Means[] }, refusalAt(0, 1));
    expect(all?.kind === 'placed' && all.places.length).toBe(2);
  });

  test('in every part of its service, or in the one it names, each by a name of its own', async () => {
    const parts = ['eu', 'us', 'asia'].map((part) => ({ ...fileMeans(folder()), part }));
    const [all, one] = await placedIn({ database: parts }, refusalAt(0, 1), refusalAt(0, 1, { part: 'us' }));
    if (all?.kind !== 'placed' || one?.kind !== 'placed') throw new Error('it has no place');
    expect([all.places.length, one.places.length]).toEqual([3, 1]);
    await Promise.all([...all.places, ...one.places].map((place) => place.inject()));
    expect(
      guard
        .open()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['st_run_0', 'st_run_0_1', 'st_run_0_2', 'st_run_1']);
    await Promise.all([...all.places, ...one.places].map((place) => place.lift()));
    expect(guard.open()).toEqual([]);
  });
});
