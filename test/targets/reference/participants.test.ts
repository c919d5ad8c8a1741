import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { parseHttpDeclaration } from '../../../targets/http/schema.ts';
import { httpTarget } from '../../../targets/http/target.ts';
import { referenceDeclaration } from '../../../targets/reference/declaration.ts';
import { attended } from '../../support/attended.ts';
import { describeWithReference, PEOPLE, startForTest } from '../../support/reference.ts';
import { total } from '../../support/shards.ts';

const population = { from: 'list', people: PEOPLE.map((person, index) => ({ ...person, index })) } as const;

describeWithReference('RTP participants of a reference target with media', () => {
  test('meet, hear each other, and hold the quality floor', async () => {
    const reference = await startForTest('hardened', { media: true });
    const target = httpTarget(
      'reference',
      parseHttpDeclaration(referenceDeclaration(reference), 'targets.reference', {}),
    );
    expect(target.operations).toContain('media');
    const { bins, media } = await attended(8_000, target, undefined, population);
    const offered = total(bins, (bin) => bin.offered);
    expect(offered).toBe(7 + 5 * 6);
    expect(total(bins, (bin) => bin.good) / offered).toBeGreaterThan(0.85);
    // Two others, each 50 packets a second.
    expect(total(media, ({ audio }) => audio.packets)).toBeGreaterThan(offered * 80);
    expect(Math.abs(total(media, ({ audio }) => audio.lost))).toBeLessThan(offered);
    for (const name of ['roundTrip', 'audioDelay', 'jitter', 'mos'] as const)
      expect(
        total(media, (each) => each[name].length),
        name,
      ).toBeGreaterThan(0);
    await reference.stop();
  });

  test('come back when their media server has died', async () => {
    const deaths: string[] = [];
    const reference = await startForTest('2014', { media: true, onDeath: ({ process }) => deaths.push(process) });
    const target = httpTarget(
      'reference',
      parseHttpDeclaration(referenceDeclaration(reference), 'targets.reference', {}),
    );
    const meanwhile = async () => {
      await sleep(5_000);
      const server = reference.processes.find(({ name }) => name.startsWith('media'));
      process.kill(server?.pid ?? Number.NaN, 'SIGKILL');
    };
    const { bins, media } = await attended(20_000, target, meanwhile, population);
    const good = (from: number, to: number) =>
      total(
        bins.filter(({ second }) => second >= from && second < to),
        (bin) => bin.good,
      );
    expect(deaths).toEqual([expect.stringContaining('media')]);
    expect(good(2, 4)).toBeGreaterThan(8);
    expect(good(5, 17)).toBeLessThan(12 * 6 - 5);
    expect(good(17, 20)).toBeGreaterThan(12);
    const missed = total(media, ({ breaches }) => (breaches.silent ?? 0) + (breaches.unseated ?? 0));
    expect(missed).toBeGreaterThan(5);
    await reference.stop();
  });
});
