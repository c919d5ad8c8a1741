import { afterEach, describe, expect, test } from 'vitest';
import { monotonic } from '../../../core/clock.ts';
import { mediaWire } from '../../../generators/participants/thread/media-wire.ts';
import { peopleOf } from '../../../generators/people.ts';
import { nodeWire, PatientTransport } from '../../../generators/transports/node.ts';
import { parseWhipDeclaration } from '../../../targets/whip/schema.ts';
import { whipTarget } from '../../../targets/whip/target.ts';
import { attended, expectMet, peers } from '../../support/attended.ts';
import { total } from '../../support/shards.ts';
import { type WhipServer, whipServer } from '../../support/whip-server.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function started(options: Parameters<typeof whipServer>[0] = {}): Promise<WhipServer> {
  const server = await whipServer(options);
  closing.push(server.close);
  return server;
}

const declared = ({ url, token }: WhipServer, changes: object = {}) => {
  const paths = { publish: '/whip/{meeting}-{person}', view: '/whep/{meeting}-{person}' };
  const written = { kind: 'whip', url, ...paths, token, ...changes };
  return whipTarget('stage', parseWhipDeclaration(written, 'targets.stage', {}));
};

describe('meetings of a plan at a server of WHIP and WHEP', () => {
  test('hold the quality floor when everybody sends and views all others, and leave no session', {
    timeout: 60_000,
  }, async () => {
    const server = await started();
    const met = await attended(5_000, declared(server, { publishers: 3 }), undefined, undefined, peers());
    expect(total(met.bins, (bin) => bin.offered)).toBe(7 + 2 * 6);
    // Two others, each 50 packets a second.
    expectMet(met, { good: 0.4, audio: 30, video: 4 });
    const { made, ended, sentOn, denied, trickled } = server.seen;
    // Each of six publishes once and views two.
    expect(made).toBeGreaterThanOrEqual(18);
    expect([ended, server.open, denied]).toEqual([made, 0, 0]);
    expect(sentOn).toBeGreaterThanOrEqual(6);
    expect(trickled).toBeGreaterThanOrEqual(18);
    expect(server.offers.join('')).not.toContain('a=candidate:');
  });

  test('have an audience that only views, and a speaker who is not held to hear anybody', {
    timeout: 60_000,
  }, async () => {
    const server = await started({ trickles: false });
    const changes = { publishers: 1, candidates: 'offered' };
    const { bins, media } = await attended(5_000, declared(server, changes), undefined, undefined, peers());
    const offered = total(bins, (bin) => bin.offered);
    // Each speaker, a third of them all, is good from the start, and the others once they hear somebody.
    expect(total(bins, (bin) => bin.good) / offered).toBeGreaterThan(0.4);
    // Two of three hear one, at 50 packets a second: 33 for each of them all, once everybody has come.
    expect(total(media, ({ audio }) => audio.packets)).toBeGreaterThan(offered * 7);
    expect(Math.abs(total(media, ({ audio }) => audio.lost))).toBeLessThan(offered);
    expect(server.seen.made).toBe(server.seen.ended);
    expect(server.offers.every((offer) => offer.includes('a=candidate:'))).toBe(true);
  });
});

test('what is offered instead is taken: 406 of WHEP', { timeout: 30_000 }, async () => {
  const server = await started({ counters: true });
  const host = peers();
  const wire = nodeWire({ loopbackOnly: true, insecureTls: false }, mediaWire(host));
  closing.push(() => {
    wire.close();
    host.end();
  });
  await wire.media?.ready();
  const began = monotonic();
  wire.media?.begin(began);
  const target = declared(server, { publishers: 1 });
  const entered = async (place: number) => {
    const io = new PatientTransport(wire);
    io.giveUpAt = performance.now() + 10_000;
    const seat = await target
      .client(io, peopleOf({ from: 'seed', count: 2 }, 1).person(place))
      .join?.(...([{ id: 'm' }, undefined, place] as const));
    if (!seat?.media || !io.media) throw new Error('a seat without media');
    const attendee = { meeting: 'm', size: 2, camera: true, who: place };
    return { seat, attendance: await io.media.attend(seat.media, attendee) };
  };
  const [speaker, viewer] = [await entered(0), await entered(1)];
  await expect
    .poll(() => viewer.attendance.facts(Math.floor((monotonic() - began) / 1_000) - 2)?.audio.packets ?? 0, {
      timeout: 10_000,
    })
    .toBeGreaterThan(25);
  for (const { seat, attendance } of [viewer, speaker]) {
    attendance.leave();
    await seat.leave();
  }
  expect([server.seen.made, server.seen.ended, server.open]).toEqual([2, 2, 0]);
});

test.each([
  ['garbage', 'v=0\r\nm=nonsense <<<\r\n\u0000'],
  ['an answer to something else', 'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n'],
])('%s is a failure of the target, and breaks nothing', { timeout: 30_000 }, async (_, sdp) => {
  const host = peers();
  const media = mediaWire(host);
  closing.push(() => host.end());
  await media.ready();
  media.begin(performance.now());
  const attending = (answer: string) => {
    let told: (message: { line: 'sending'; is: 'answer'; sdp: string }) => void = () => {};
    const negotiation = {
      say: () => told({ line: 'sending', is: 'answer', sdp: answer }),
      hear: (listener: typeof told) => {
        told = listener;
      },
    };
    const asks = { sends: true, receives: 0, candidates: 'trickled' } as const;
    const attendee = { meeting: 'm', size: 1, camera: false, who: 1 };
    return media.attend({ negotiation, hosts: [], asks }, attendee, performance.now() + 2_000);
  };
  for (let times = 0; times < 2; times += 1)
    await expect(attending(sdp)).rejects.toMatchObject({
      ...{ name: 'Failure', kind: expect.stringMatching(/protocol|timeout|unreachable/) },
    });
});
