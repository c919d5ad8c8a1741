import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { RelayClient } from '../../chaos/relay/client.ts';
import type { Shape } from '../../chaos/relay/shape.ts';
import { lossOf, type MediaFacts, type StreamCounts } from '../../core/media.ts';
import { type Conference, nextFacts, type Seated } from './conference.ts';

/** The path of the relay that everybody's media go by. */
export const PATH = 'media';

interface Measured {
  readonly packets: number;
  readonly lost: number;
  /** 0..1, and milliseconds. */
  readonly loss: number;
  readonly roundTrip: number;
}

/** What everybody measured in so many whole seconds that begin from now on. */
async function secondsOf(many: number, people: readonly Seated[], { seconds }: Conference): Promise<Measured> {
  const first = Math.ceil(seconds());
  const facts: MediaFacts[] = [];
  for (let second = first; second < first + many; second += 1)
    facts.push(...(await Promise.all(people.map((one) => nextFacts(one, seconds, second)))));
  return measured(facts);
}

function measured(facts: readonly MediaFacts[]): Measured {
  const sum = (of: keyof StreamCounts) => facts.reduce((all, { audio, video }) => all + audio[of] + video[of], 0);
  const trips = facts.flatMap(({ roundTrip }) => roundTrip ?? []);
  const counts = { packets: sum('packets'), lost: sum('lost') };
  const roundTrip = trips.reduce((all, trip) => all + trip, 0) / trips.length;
  return { ...counts, loss: lossOf(counts) ?? 1, roundTrip };
}

/**
 * Expects that four people, who meet by a relay, measure what it does to what they receive, 5 % of loss and 40 ms, and that
 * nothing comes past it.
 */
export async function expectRelayed(hall: Conference, relay: RelayClient): Promise<void> {
  const downstream = (shape: Shape) => relay.impair(PATH, 'st_test_0', { downstream: shape }, 60_000);
  const people: Seated[] = [];
  const meeting = await hall.open('hall');
  for (let who = 0; who < 4; who += 1) people.push(await hall.enter(who, meeting));
  await sleep(1_500);
  const before = await secondsOf(2, people, hall);
  expect(before.loss).toBeLessThan(0.01);
  await downstream({ loss: 0.05, latency: 40 });
  // Reports of round trips that began before are under way.
  await sleep(2_500);
  const impaired = await secondsOf(5, people, hall);
  console.log(before, impaired);
  // A figure to one point takes so many.
  expect(impaired.packets).toBeGreaterThan(4_000);
  expect(Math.abs(impaired.loss - before.loss - 0.05)).toBeLessThan(0.015);
  expect(Math.abs(impaired.roundTrip - before.roundTrip - 40)).toBeLessThan(15);
  await relay.lift(PATH, 'st_test_0');
  await sleep(1_500);
  const after = await secondsOf(2, people, hall);
  expect(after.loss).toBeLessThan(0.01);
  expect(after.roundTrip).toBeLessThan(before.roundTrip + 10);
  // Everybody has two connections, and each goes by the relay.
  expect((await relay.counters()).paths[PATH]?.clients).toBeGreaterThanOrEqual(8);
  await downstream({ loss: 1 });
  await sleep(500);
  expect((await secondsOf(1, people, hall)).packets).toBe(0);
  await relay.lift(PATH, 'st_test_0');
  for (const { attendance } of people) attendance.leave();
  // Whoever has left is let go of.
  await expect.poll(async () => (await relay.counters()).paths[PATH]?.clients, { timeout: 5_000 }).toBe(0);
}
