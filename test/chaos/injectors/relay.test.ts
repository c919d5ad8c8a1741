import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Prepared, Task } from '../../../chaos/injector.ts';
import { relayInjector } from '../../../chaos/injectors/relay.ts';
import { manualOf } from '../../../chaos/manual.ts';
import { type Relay, startRelay } from '../../../chaos/relay/relay.ts';
import type { Disturbance, Impairment } from '../../../core/fault.ts';
import { found, looks, undo } from '../../support/injection.ts';
import { ownerOf } from '../../support/owner-process.ts';
import { eventually } from '../../support/prometheus.ts';
import { type End, udpEnd } from '../../support/udp-flow.ts';

type Asked = Omit<Impairment, 'kind'>;

describe('a fault on datagrams', () => {
  let relay: Relay;
  const ends: End[] = [];
  const opened: Prepared[] = [];
  let count = 0;
  beforeAll(async () => {
    relay = await startRelay({ seed: 3 });
  });
  afterAll(async () => {
    await Promise.all(opened.map((prepared) => prepared.close()));
    for (const end of ends) end.close();
    await relay.stop();
  });

  /** A path of its own; participants go by it unless nobody does. */
  const path = async (participants = true) => {
    count += 1;
    const name = `media${count}`;
    const server = await udpEnd();
    const client = await udpEnd(await relay.open(server.address, { path: name }));
    ends.push(server, client);
    if (participants) await client.send(5);
    return name;
  };
  const task = (at: string, asked: Asked | Disturbance, name = 'st_test_0'): Task<'relay'> => ({
    name,
    does: 'kind' in asked ? asked : { kind: 'impairment', ...asked },
    means: { by: 'relay', relay: relay.url, path: at },
    lasting: 60_000,
  });
  const prepare = async (...how: Parameters<typeof task>) => {
    const prepared = await relayInjector.prepare(task(...how));
    opened.push(prepared);
    return prepared;
  };
  const inPlace = async (at: string) => (await relay.counters()).paths[at]?.impairedBy;

  test.each<Asked>([
    { loss: 0.05 },
    { loss: 0.01 },
    { loss: 1 },
    { latency: 100 },
    { latency: 60, jitter: 40 },
    { reorder: 0.1 },
    { duplicate: 0.05 },
    { kilobitsPerSecond: 64 },
    { kilobitsPerSecond: 300 },
    { kilobitsPerSecond: 20_000 },
    { loss: 0.02, latency: 80, jitter: 20, kilobitsPerSecond: 1_000 },
  ])('%j is shown by what goes the same way: before, while it is there, and afterwards', async (asked) => {
    const at = await path();
    const prepared = await prepare(at, asked);
    const before = await looks(prepared);
    expect(prepared.bites(before, before)).toMatchObject({ holds: false });
    await prepared.inject();
    const bites = await found((seen) => prepared.bites(before, seen), prepared);
    expect(bites).toMatchObject({ holds: true });
    expect(prepared.gone(before, await looks(prepared))).toMatchObject({ holds: false });
    await undo(prepared.undo);
    const gone = await found((seen) => prepared.gone(before, seen), prepared);
    expect(gone).toMatchObject({ holds: true });
    expect(await inPlace(at)).toEqual([]);
    console.log(`${bites.says}\n  afterwards: ${gone.says}`);
  });

  test.each<Asked>([
    { loss: 0.01 },
    { latency: 20 },
    { latency: 20, jitter: 10 },
    { reorder: 0.02 },
    { duplicate: 0.02 },
    { kilobitsPerSecond: 20_000 },
  ])('%j is not taken for there when the relay only says so', async (asked) => {
    const at = await path();
    const prepared = await prepare(at, asked);
    const before = await looks(prepared);
    // Of the right name, and without effect.
    await relay.impair(at, 'st_test_0', { upstream: {}, downstream: {} }, 60_000);
    const during = await looks(prepared);
    expect(during.at(-1)?.isIn).toBe(true);
    expect(prepared.bites(before, during)).toMatchObject({ holds: false });
    // One way is not both.
    await relay.impair(at, 'st_test_0', { upstream: asked }, 60_000);
    expect(prepared.bites(before, await looks(prepared))).toMatchObject({ holds: false });
  });

  test('acts one way only where that is asked for, and is shown there', async () => {
    const at = await path();
    const prepared = await prepare(at, { latency: 100, stream: 'downstream' });
    const before = await looks(prepared);
    await relay.impair(at, 'st_test_0', { upstream: { latency: 100 } }, 60_000);
    expect(prepared.bites(before, await looks(prepared))).toMatchObject({ holds: false });
    await prepared.inject();
    const bites = await found((seen) => prepared.bites(before, seen), prepared);
    expect(bites.holds).toBe(true);
    expect(bites.says).toMatch(/^delay: 1\d\d ms back, asked 100 ms/);
    await undo(prepared.undo);
    expect(await found((seen) => prepared.gone(before, seen), prepared)).toMatchObject({ holds: true });
  });

  test('is not shown where nobody goes', async () => {
    const prepared = await prepare(await path(false), { loss: 0.5 });
    const before = await looks(prepared);
    await prepared.inject();
    const { holds, says } = prepared.bites(before, await looks(prepared));
    expect(says).toContain('0 datagrams of participants');
    expect(holds).toBe(false);
  });

  test('is not taken for there when somebody else does the same', async () => {
    const at = await path();
    const prepared = await prepare(at, { loss: 0.2 });
    const before = await looks(prepared);
    await relay.impair(at, 'theirs', { upstream: { loss: 0.2 }, downstream: { loss: 0.2 } }, 60_000);
    expect(prepared.bites(before, await looks(prepared))).toMatchObject({
      holds: false,
      says: expect.stringContaining('the relay does not have it in place'),
    });
  });

  test('is told from others on the same path', async () => {
    const at = await path();
    const [first, second] = [await prepare(at, { loss: 0.3 }), await prepare(at, { latency: 100 }, 'st_test_1')];
    const [beforeFirst, beforeSecond] = [await looks(first), await looks(second)];
    await first.inject();
    await second.inject();
    expect(await found((seen) => first.bites(beforeFirst, seen), first)).toMatchObject({ holds: true });
    expect(await found((seen) => second.bites(beforeSecond, seen), second)).toMatchObject({ holds: true });
    await undo(first.undo);
    const gone = first.gone(beforeFirst, await looks(first));
    expect(gone).toMatchObject({ holds: true });
    expect(gone.says).toContain('1 others on the same path');
    expect(await inPlace(at)).toEqual(['st_test_1']);
    await undo(second.undo);
    expect(await found((seen) => second.gone(beforeSecond, seen), second)).toMatchObject({ holds: true });
  });

  test('stays as long as it is renewed, and not for longer', async () => {
    const at = await path();
    const prepared = await prepare(at, { loss: 0.5 });
    await prepared.inject();
    for (let second = 0; second < 7; second += 1) {
      await sleep(1_000);
      await prepared.renew?.();
    }
    expect(await inPlace(at)).toEqual(['st_test_0']);
    await sleep(5_500);
    expect(await inPlace(at)).toEqual([]);
    await expect(prepared.renew?.()).rejects.toMatchObject({ status: 404 });
    expect(await inPlace(at)).toEqual([]);
  });

  test('is undone twice, or before it is there, and leaves others alone', async () => {
    const at = await path();
    const prepared = await prepare(at, { loss: 0.5 });
    await relay.impair(at, 'theirs', { upstream: { loss: 0.1 } }, 60_000);
    await undo(prepared.undo);
    await prepared.inject();
    await undo(prepared.undo);
    await undo(prepared.undo);
    expect(await inPlace(at)).toEqual(['theirs']);
  });

  test('is undone by the line that a person types', async () => {
    const at = await path();
    const prepared = await prepare(at, { loss: 0.5 });
    await prepared.inject();
    expect(await inPlace(at)).toEqual(['st_test_0']);
    execFileSync('sh', ['-c', `${manualOf(prepared.undo)} -s`]);
    expect(await inPlace(at)).toEqual([]);
  });

  test('is gone soon after whoever put it there was killed', async () => {
    const at = await path();
    const owner = await ownerOf('relay', 'relayInjector', task(at, { loss: 0.5 }));
    expect(await inPlace(at)).toEqual(['st_test_0']);
    await owner.kill();
    const killed = performance.now();
    await eventually('it is gone', async () => (await inPlace(at))?.length === 0);
    expect(performance.now() - killed).toBeLessThan(7_000);
  });

  test('is gone with its relay, and so are the looks', async () => {
    const own = await startRelay({ seed: 1 });
    const server = await udpEnd();
    ends.push(server);
    await own.open(server.address, { path: 'media' });
    const means = { by: 'relay', relay: own.url, path: 'media' } as const;
    const prepared = await relayInjector.prepare({ ...task('media', { loss: 0.5 }), means });
    const before = await looks(prepared, 1);
    await prepared.inject();
    await own.stop();
    await undo(prepared.undo);
    const after = await looks(prepared, 1);
    expect(prepared.gone(before, after)).toMatchObject({
      holds: false,
      says: expect.stringContaining('does not answer'),
    });
    await prepared.close();
  });

  test.each<[string, Asked | Disturbance, string]>([
    ['nowhere', { loss: 0.1 }, 'has no path "nowhere"'],
    ['media1', { loss: 1.5 }, 'a share from 0 to 1'],
    ['media1', { reorder: 0.9 }, 'who overtakes is not overtaken'],
    ['media1', { kilobitsPerSecond: 1e6 }, 'nobody could tell'],
    ['media1', { kind: 'kill' }, 'a relay cannot do kill'],
  ])('cannot be on %s: %j', async (at, asked, why) => {
    await expect(prepare(at, asked)).rejects.toMatchObject({
      name: 'CannotInject',
      message: expect.stringContaining(why),
    });
  });

  test('cannot be where there is no relay', async () => {
    const means = { by: 'relay', relay: 'http://127.0.0.1:9', path: 'media' } as const;
    await expect(relayInjector.prepare({ ...task('media', { loss: 0.1 }), means })).rejects.toMatchObject({
      name: 'CannotInject',
    });
  });
});
