import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Relay, startRelay } from '../../../chaos/relay/relay.ts';
import type { Direction, Shape } from '../../../chaos/relay/shape.ts';
import { type Arrival, delaysOf, type End, lateOnes, quantile, quiet, udpEnd } from '../../support/udp-flow.ts';

const FOR_LONG = 600_000;
/** What noise on a busy machine may add to a delay, in milliseconds. */
const NOISE = 10;

describe('an impairment of the relay', () => {
  let relay: Relay;
  const ends: End[] = [];
  let count = 0;
  beforeAll(async () => {
    relay = await startRelay({ seed: 7 });
  });
  afterAll(async () => {
    for (const end of ends) end.close();
    await relay.stop();
  });

  /** A path of its own with one client, who has been heard by the server. */
  const flow = async () => {
    count += 1;
    const path = `p${count}`;
    const server = await udpEnd();
    const client = await udpEnd(await relay.open(server.address, { path }));
    ends.push(server, client);
    await client.send(1);
    await quiet(server, 50);
    server.arrivals.length = 0;
    const came = async (direction: Direction, sending: Promise<void>): Promise<readonly Arrival[]> => {
      await sending;
      return [...(await quiet(direction === 'upstream' ? server : client))];
    };
    return {
      path,
      server,
      client,
      impair: (shapes: Partial<Record<Direction, Shape>>, name = 'one', ttl = FOR_LONG) =>
        relay.impair(path, name, shapes, ttl),
      up: (...how: Parameters<End['send']>) => came('upstream', client.send(...how)),
      down: (...how: Parameters<End['send']>) => came('downstream', server.send(...how)),
      tally: async (direction: Direction) => {
        const { traffic } = (await relay.counters()).paths[path] ?? {};
        if (!traffic) throw new Error(`the relay has no path ${path}`);
        return traffic[direction];
      },
    };
  };

  it.each(['upstream', 'downstream'] as const)(
    'loses its share of what goes %s, and nothing the other way',
    async (way) => {
      const { impair, up, down, tally } = await flow();
      await impair({ [way]: { loss: 0.05 } });
      const [hit, spared] =
        way === 'upstream' ? [await up(5_000), await down(1_000)] : [await down(5_000), await up(1_000)];
      const lost = 1 - hit.length / 5_000;
      expect(lost).toBeGreaterThan(0.04);
      expect(lost).toBeLessThan(0.06);
      expect(spared).toHaveLength(1_000);
      expect((await tally(way)).dropped.loss).toBe(5_000 - hit.length);
    },
  );

  it('delays by its latency, each way its own', async () => {
    const { impair, up, down } = await flow();
    await impair({ upstream: { latency: 80 }, downstream: { latency: 30 } });
    const [there, back] = [delaysOf(await up(500, 1_000)), delaysOf(await down(500, 1_000))];
    expect(quantile(there, 0)).toBeGreaterThanOrEqual(79);
    expect(quantile(there, 0.5)).toBeLessThan(80 + NOISE);
    expect(quantile(back, 0)).toBeGreaterThanOrEqual(29);
    expect(quantile(back, 0.5)).toBeLessThan(30 + NOISE);
  });

  it('spreads the delays over its jitter, without changing their order', async () => {
    const { impair, up } = await flow();
    await impair({ upstream: { latency: 60, jitter: 30 } });
    // Two seconds and a half are some forty ways from one end of the range to the other.
    const came = await up(2_500, 1_000);
    const delays = delaysOf(came);
    expect(came).toHaveLength(2_500);
    expect(lateOnes(came)).toBe(0);
    expect(quantile(delays, 0)).toBeGreaterThanOrEqual(29);
    expect(quantile(delays, 0.05)).toBeLessThan(33 + NOISE);
    expect(quantile(delays, 0.95)).toBeGreaterThan(80);
    expect(quantile(delays, 0.95)).toBeLessThan(90 + NOISE);
    expect(Math.abs(quantile(delays, 0.5) - 60)).toBeLessThan(10 + NOISE);
  });

  it.each([0.05, 0.25])('lets the next one overtake a share of %d', async (reorder) => {
    const { impair, up, tally } = await flow();
    await impair({ upstream: { reorder } });
    const came = await up(5_000);
    expect(came).toHaveLength(5_000);
    const late = lateOnes(came);
    expect(Math.abs(late / 5_000 - reorder)).toBeLessThan(0.02);
    // The last one has nobody who overtakes it, and goes on late all the same.
    expect(Math.abs((await tally('upstream')).reordered - late)).toBeLessThanOrEqual(1);
  });

  it('sends a share twice', async () => {
    const { impair, down, tally } = await flow();
    await impair({ downstream: { duplicate: 0.1 } });
    const came = await down(5_000);
    expect(new Set(came.map(({ number }) => number)).size).toBe(5_000);
    const twice = came.length - 5_000;
    expect(twice / 5_000).toBeGreaterThan(0.085);
    expect(twice / 5_000).toBeLessThan(0.115);
    expect((await tally('downstream')).duplicated).toBe(twice);
  });

  it.each([200, 2_000])('lets %d kbit/s pass, and drops what would wait too long', async (kilobitsPerSecond) => {
    const { impair, up, tally } = await flow();
    await impair({ upstream: { kilobitsPerSecond } });
    // 1,028 bytes each on the link, at twice the rate that it has.
    const perSecond = (2 * kilobitsPerSecond * 1_000) / 8 / 1_028;
    const came = await up(Math.round(perSecond * 4), perSecond, 1_000);
    const [first, last] = [came[0]?.at ?? 0, came.at(-1)?.at ?? 0];
    const rate = ((came.length - 1) * 1_028 * 8) / (last - first);
    expect(rate / kilobitsPerSecond).toBeGreaterThan(0.95);
    expect(rate / kilobitsPerSecond).toBeLessThan(1.05);
    const transmission = (1_028 * 8) / kilobitsPerSecond;
    expect(quantile(delaysOf(came), 1)).toBeLessThan(250 + transmission + 5 * NOISE);
    expect(quantile(delaysOf(came), 0.9)).toBeGreaterThan(200);
    expect((await tally('upstream')).dropped.bandwidth).toBe(Math.round(perSecond * 4) - came.length);
  });

  it('is one link for all clients of a path', async () => {
    const { path, impair, server, client } = await flow();
    const second = await udpEnd(await relay.open(server.address, { path }));
    ends.push(second);
    await impair({ upstream: { kilobitsPerSecond: 1_000 } });
    await Promise.all([client.send(250, 125, 1_000), second.send(250, 125, 1_000)]);
    const came = await quiet(server);
    const rate = ((came.length - 1) * 1_028 * 8) / ((came.at(-1)?.at ?? 0) - (came[0]?.at ?? 0));
    expect(rate / 1_000).toBeGreaterThan(0.95);
    expect(rate / 1_000).toBeLessThan(1.05);
  });

  it('adds up with others, and leaves them in place when it is lifted', async () => {
    const { path, impair, up, server } = await flow();
    await impair({ upstream: { latency: 50, loss: 0.1 } }, 'one');
    await impair({ upstream: { latency: 40, loss: 0.1 } }, 'other');
    expect((await relay.counters()).paths[path]?.impairedBy).toEqual(['one', 'other']);
    const both = await up(3_000);
    expect(quantile(delaysOf(both), 0)).toBeGreaterThanOrEqual(89);
    expect(1 - both.length / 3_000).toBeGreaterThan(0.16);
    expect(1 - both.length / 3_000).toBeLessThan(0.22);
    expect(await relay.lift(path, 'one')).toBe(true);
    expect(await relay.lift(path, 'one')).toBe(false);
    server.arrivals.length = 0;
    const rest = await up(3_000);
    expect(quantile(delaysOf(rest), 0)).toBeGreaterThanOrEqual(39);
    expect(quantile(delaysOf(rest), 0.5)).toBeLessThan(40 + NOISE);
    expect(1 - rest.length / 3_000).toBeGreaterThan(0.08);
    expect(1 - rest.length / 3_000).toBeLessThan(0.12);
  });

  it('is gone when it is lifted: what it held goes on at once, and in order', async () => {
    const { path, impair, up, client, server } = await flow();
    await impair({ upstream: { latency: 5_000 } });
    await client.send(500);
    expect((await relay.counters()).paths[path]?.waiting).toBeGreaterThan(400);
    expect(server.arrivals).toHaveLength(0);
    await relay.lift(path, 'one');
    const came = await up(500);
    expect(came.map(({ number }) => number)).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1));
    expect(quantile(delaysOf(came.slice(600)), 0.5)).toBeLessThan(NOISE);
    expect((await relay.counters()).paths[path]?.waiting).toBe(0);
  });

  it('is gone by itself when nobody renews it, and only then', async () => {
    const { path, impair, up } = await flow();
    await impair({ upstream: { loss: 1 } }, 'one', 500);
    for (let renewal = 0; renewal < 5; renewal += 1) {
      await sleep(200);
      await relay.renew(path, 'one');
    }
    expect(await up(100)).toHaveLength(0);
    await sleep(1_000);
    expect(await up(100)).toHaveLength(100);
    // What is gone is not put back by whoever wakes up too late.
    await expect(relay.renew(path, 'one')).rejects.toMatchObject({ name: 'RelayFailure', status: 404 });
  });

  it('loses the same ones again when it has the same seed', async () => {
    const lost = async () => {
      const own = await startRelay({ seed: 11 });
      const server = await udpEnd();
      const client = await udpEnd(await own.open(server.address, { path: 'same' }));
      try {
        await own.impair('same', 'one', { upstream: { loss: 0.3 } });
        await client.send(300);
        return [...(await quiet(server))].map(({ number }) => number);
      } finally {
        for (const end of [server, client]) end.close();
        await own.stop();
      }
    };
    const first = await lost();
    expect(first.length).toBeGreaterThan(150);
    expect(first.length).toBeLessThan(270);
    expect(await lost()).toEqual(first);
  });
});
