import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type Relay, startRelay } from '../../../chaos/relay/relay.ts';
import type { Shape } from '../../../chaos/relay/shape.ts';
import { monotonic } from '../../../core/clock.ts';
import { type Attendance, lossOf, type MediaFacts, type StreamCounts } from '../../../core/media.ts';
import type { Client } from '../../../core/target.ts';
import { mediaWire } from '../../../generators/participants/thread/media-wire.ts';
import { peopleOf } from '../../../generators/people.ts';
import { nodeWire, PatientTransport } from '../../../generators/transports/node.ts';
import { livekitTarget } from '../../../targets/livekit/target.ts';
import { peers } from '../../support/attended.ts';
import { startLivekit } from '../../support/livekit-server.ts';
import { describeWith } from '../../support/real-part.ts';
import { wishFor } from '../../support/wish.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A real LiveKit, a relay, and a room for people whose media go by it. */
async function conference() {
  const server = await startLivekit();
  closing.push(() => server.stop());
  const relay = await startRelay({ seed: 1 });
  closing.push(() => relay.stop());
  await relay.begin('media');
  const host = peers([], { relay: relay.url, paths: { '': 'media' } });
  const media = mediaWire(host);
  const wire = nodeWire({ loopbackOnly: true, insecureTls: false }, media);
  closing.push(() => {
    wire.close();
    host.end();
  });
  await media.ready();
  const began = monotonic();
  media.begin(began);
  const target = livekitTarget('meet', { ...server, kind: 'livekit' });
  const attendances: Attendance[] = [];
  const enter = async (who: number) => {
    const io = new PatientTransport(wire);
    io.giveUpAt = performance.now() + 10_000;
    const client = target.client(io, peopleOf({ from: 'seed', count: 4 }, 1).person(who)) as Required<Client>;
    const seat = await client.join(await client.createMeeting(wishFor('hall')));
    if (!seat.media || !io.media) throw new Error('a seat without media');
    const attendee = { meeting: 'hall', size: 4, camera: true, who, joining: 1 };
    attendances.push(await io.media.attend(seat.media, attendee));
  };
  /** What everybody measured in so many whole seconds that begin from now on. */
  const seconds = async (many: number): Promise<Measured> => {
    const first = Math.ceil((monotonic() - began) / 1_000);
    const facts: MediaFacts[] = [];
    for (let second = first; second < first + many; second += 1) {
      const of = () => attendances.map((attendance) => attendance.facts(second));
      await expect.poll(() => of().every(Boolean), { timeout: 10_000, interval: 50 }).toBe(true);
      facts.push(...(of() as MediaFacts[]));
    }
    return measured(facts);
  };
  return { relay, attendances, enter, seconds };
}

interface Measured {
  readonly packets: number;
  readonly lost: number;
  /** 0..1, and milliseconds. */
  readonly loss: number;
  readonly roundTrip: number;
}

function measured(facts: readonly MediaFacts[]): Measured {
  const sum = (of: keyof StreamCounts) => facts.reduce((all, { audio, video }) => all + audio[of] + video[of], 0);
  const trips = facts.flatMap(({ roundTrip }) => roundTrip ?? []);
  const counts = { packets: sum('packets'), lost: sum('lost') };
  const roundTrip = trips.reduce((all, trip) => all + trip, 0) / trips.length;
  return { ...counts, loss: lossOf(counts) ?? 1, roundTrip };
}

const downstream = (relay: Relay, shape: Shape) => relay.impair('media', 'st_test_0', { downstream: shape }, 60_000);

describeWith('livekit', 'people whose media go to a LiveKit server by a relay', () => {
  test('measure what is done to their datagrams, and have no other way', { timeout: 90_000 }, async () => {
    const { relay, attendances, enter, seconds } = await conference();
    for (let who = 0; who < 4; who += 1) await enter(who);
    await sleep(1_500);
    const before = await seconds(4);
    expect(before.loss).toBeLessThan(0.01);
    await downstream(relay, { loss: 0.05, latency: 40 });
    // Reports of round trips that began before are under way.
    await sleep(2_500);
    const impaired = await seconds(8);
    console.log(before, impaired);
    // A figure to one point takes so many.
    expect(impaired.packets).toBeGreaterThan(5_000);
    expect(Math.abs(impaired.loss - before.loss - 0.05)).toBeLessThan(0.01);
    expect(Math.abs(impaired.roundTrip - before.roundTrip - 40)).toBeLessThan(5);
    await relay.lift('media', 'st_test_0');
    await sleep(1_500);
    const after = await seconds(3);
    expect(after.loss).toBeLessThan(0.01);
    expect(after.roundTrip).toBeLessThan(before.roundTrip + 10);
    // Everybody has two connections, and each goes by the relay.
    expect((await relay.counters()).paths.media?.clients).toBeGreaterThanOrEqual(8);
    await downstream(relay, { loss: 1 });
    await sleep(500);
    expect((await seconds(1)).packets).toBe(0);
    await relay.lift('media', 'st_test_0');
    for (const attendance of attendances) attendance.leave();
    // Whoever has left is let go of.
    await expect.poll(async () => (await relay.counters()).paths.media?.clients, { timeout: 5_000 }).toBe(0);
  });

  test('are let down by the generator, and not by the target, when the relay has ended', {
    timeout: 60_000,
  }, async () => {
    const { relay, enter } = await conference();
    await relay.stop();
    await expect(enter(0)).rejects.toMatchObject({ name: 'Exhausted' });
  });
});
