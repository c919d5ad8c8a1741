import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Comings } from '../../core/event.ts';
import { Failure } from '../../core/failure.ts';
import { COMINGS } from '../../core/media-sums.ts';
import type { Client, Meeting, SeatNews, Target } from '../../core/target.ts';
import { attended } from '../support/attended.ts';
import { type FanOut, fanOut } from '../support/media-fan-out.ts';
import { total } from '../support/shards.ts';

let server: FanOut;
beforeEach(async () => {
  server = await fanOut();
});
afterEach(() => server.close());

/** A target whose signalling is this function, and whose media is real. */
function targetOf(
  join: (meeting: Meeting) => void = () => {},
  follow?: (heard: (news: SeatNews) => void, meeting: Meeting) => void,
): Target & { readonly left: string[] } {
  const left: string[] = [];
  let opened = 0;
  const client: Client = {
    async login() {},
    async createMeeting() {
      opened += 1;
      return { id: `meeting-${opened}` };
    },
    async join(meeting) {
      join(meeting);
      return {
        media: server.seat(meeting.id),
        ...(follow && { follow: (heard: (news: SeatNews) => void) => follow(heard, meeting) }),
        async leave() {
          left.push(meeting.id);
        },
      };
    },
    elsewhere: () => client,
  };
  const operations = ['login', 'createMeeting', 'join', 'media'] as const;
  return { ...{ name: 'made-up', capacity: {}, metrics: [], services: {}, operations }, client: () => client, left };
}

describe('people in meetings', () => {
  test('are offered for every planned second, and good while the floor holds', async () => {
    const target = targetOf();
    const { bins, media, health } = await attended(6_000, target);
    // They are due from 0 to 0.83 s and have a second to join, so that seconds 1 or 2 to 5 are planned.
    const offered = total(bins, (bin) => bin.offered);
    expect(offered).toBe(5 + 5 * 4);
    expect(total(bins, (bin) => bin.good)).toBeGreaterThan(offered - 4);
    expect(total(media, (each) => each.participants)).toBe(offered);
    expect(total(media, (each) => each.audio.packets)).toBeGreaterThan(25 * 80);
    expect(media.at(-1)?.audioDelay.length).toBeGreaterThan(0);
    expect(new Set(target.left)).toEqual(new Set(['meeting-1', 'meeting-2']));
    expect(target.left).toHaveLength(6);
    expect(server.heard.byes).toBe(6);
    const own = health.filter(({ worker }) => worker === 1);
    expect(own.length).toBeGreaterThan(5);
    expect(Math.max(...own.map(({ sockets }) => sockets))).toBe(6);
  });

  test('stay in the count when the meeting is lost, and come back when they can', async () => {
    const { bins, media } = await attended(14_000, targetOf(), async () => {
      await sleep(3_000);
      server.harm.dead = true;
      await sleep(6_000);
      server.harm.dead = false;
    });
    const at = (second: number) => bins.filter((bin) => bin.second === second);
    for (let second = 2; second < 14; second += 1)
      expect(
        total(at(second), (bin) => bin.offered),
        `${second}`,
      ).toBe(6);
    expect(total([...at(5), ...at(6), ...at(7)], (bin) => bin.good)).toBe(0);
    expect(total([...at(12), ...at(13)], (bin) => bin.good)).toBeGreaterThan(10);
    expect(total(media, ({ breaches }) => breaches.absent)).toBeGreaterThan(0);
    expect(total(media, ({ breaches }) => (breaches.silent ?? 0) + (breaches.unseated ?? 0))).toBeGreaterThan(15);
  });

  test('come back at once when they are told that the seat is lost, and that is counted', async () => {
    const told: (() => void)[] = [];
    const target = targetOf(undefined, (heard) => told.push(() => heard({ is: 'lost', says: 'so' })));
    const { bins, media } = await attended(8_000, target, async () => {
      await sleep(4_000);
      for (const tell of told.splice(0)) tell();
    });
    const came = (name: keyof Comings) => total(media, ({ comings }) => comings?.[name]);
    expect(Object.fromEntries(COMINGS.map((name) => [name, came(name)]))).toEqual({
      ...{ admitted: 12, lost: 6, moved: 0, attempts: 6, first: 6, back: 6 },
    });
    expect(target.left).toHaveLength(12);
    // Long before they would have missed it by themselves.
    const after = bins.filter(({ second }) => second >= 6);
    expect(total(after, (bin) => bin.good)).toBeGreaterThanOrEqual(11);
  });

  test('go over to the seat that they are told, and stay there', async () => {
    const told: (() => void)[] = [];
    const moved = await fanOut();
    const target = targetOf(undefined, (heard, { id }) =>
      told.push(() => heard({ is: 'moved', media: moved.seat(id) })),
    );
    const { bins, media } = await attended(8_000, target, async () => {
      await sleep(4_000);
      for (const tell of told.splice(0)) tell();
      await sleep(1_000);
      server.harm.dead = true;
    });
    expect(total(media, ({ comings }) => comings?.moved)).toBe(6);
    expect(total(media, ({ comings }) => comings?.lost)).toBe(0);
    expect(target.left).toHaveLength(6);
    expect(server.heard.byes).toBe(6);
    const after = bins.filter(({ second }) => second >= 6);
    expect(total(after, (bin) => bin.offered)).toBe(12);
    expect(total(after, (bin) => bin.good)).toBeGreaterThanOrEqual(11);
    moved.close();
  });

  test('join again when the seat they are told to go over to is none', async () => {
    const told: (() => void)[] = [];
    const target = targetOf(undefined, (heard, { id }) =>
      told.push(() => heard({ is: 'moved', media: { ...server.seat(id), key: 'nobody' } })),
    );
    const { media } = await attended(8_000, target, async () => {
      await sleep(3_000);
      for (const tell of told.splice(0)) tell();
    });
    expect(total(media, ({ comings }) => comings?.moved)).toBe(0);
    expect(total(media, ({ comings }) => comings?.back)).toBe(6);
  });

  test('who never get in are missed for as long as they were to be there; who are refused are not', async () => {
    const never = await attended(
      4_000,
      targetOf(() => {
        throw new Failure('timeout', 'no answer');
      }),
    );
    expect(total(never.bins, (bin) => bin.offered)).toBe(5 * 2 + 3);
    expect(total(never.bins, (bin) => bin.failed.reset)).toBe(13);
    expect(total(never.media, ({ breaches }) => breaches.absent)).toBe(13);
    const refused = await attended(
      4_000,
      targetOf(() => {
        throw new Failure('shed', 'full');
      }),
    );
    expect(total(refused.bins, (bin) => bin.offered)).toBe(0);
  });
});
