import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Relay, startRelay } from '../../../chaos/relay/relay.ts';
import type { Tally } from '../../../chaos/relay/tally.ts';
import { eventually } from '../../support/prometheus.ts';
import { isAlive } from '../../support/remains.ts';
import { type End, quiet, udpEnd } from '../../support/udp-flow.ts';

describe('the relay', () => {
  let relay: Relay;
  const ends: End[] = [];
  beforeEach(async () => {
    relay = await startRelay({ seed: 1 });
  });
  afterEach(async () => {
    for (const end of ends.splice(0)) end.close();
    await relay.stop();
  });
  const opened = async (to?: string) => {
    const end = await udpEnd(to);
    ends.push(end);
    return end;
  };
  const traffic = async (path = 'default') => {
    const found = (await relay.counters()).paths[path];
    if (!found) throw new Error(`the relay has no path ${path}`);
    return found.traffic;
  };

  it('passes on what clients send, and to each what comes back for it', async () => {
    const server = createSocket('udp4');
    await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
    server.setRecvBufferSize(4 * 1024 * 1024);
    const ports = new Set<number>();
    server.on('message', (datagram, { port }) => {
      ports.add(port);
      server.send(datagram, port);
    });
    const listen = await relay.open(`127.0.0.1:${server.address().port}`);
    const clients = await Promise.all(Array.from({ length: 300 }, () => opened(listen)));
    await Promise.all(clients.map((client) => client.send(10, 20, 200)));
    await eventually('everything is back', () => clients.every(({ arrivals }) => arrivals.length === 10));
    for (const { arrivals } of clients) expect(arrivals.map(({ number }) => number)).toEqual([...Array(10).keys()]);
    // The server sees each of them at a port of its own, as behind a NAT.
    expect(ports.size).toBe(300);
    const { upstream, downstream } = await traffic();
    for (const tally of [upstream, downstream])
      expect(tally).toMatchObject({
        received: 3_000,
        receivedBytes: 600_000,
        forwarded: 3_000,
        forwardedBytes: 600_000,
      });
    expect((await relay.counters()).paths.default).toMatchObject({ clients: 300, waiting: 0, impairedBy: [] });
    server.close();
  });

  it('stands between hosts of both versions of IP', async () => {
    const server = await opened();
    const listen = await relay.open(server.address, { listen: '[::1]:0' });
    expect(listen).toMatch(/^\[::1\]:\d+$/);
    const client = createSocket('udp6');
    let back = 0;
    client.on('message', () => {
      back += 1;
    });
    const port = Number(listen.split(':').at(-1));
    client.send(Buffer.alloc(20), port, '::1');
    await eventually('it came', () => server.arrivals.length === 1);
    await server.send(3, 100);
    await eventually('they are back', () => back === 3);
    client.close();
  });

  it('accounts for every datagram', async () => {
    const server = await opened();
    const client = await opened(await relay.open(server.address));
    const shape = { loss: 0.1, duplicate: 0.1, reorder: 0.1, latency: 20, jitter: 10, kilobitsPerSecond: 1_000 };
    await relay.impair('default', 'all', { upstream: shape, downstream: shape });
    await client.send(3_000, 3_000);
    await server.send(3_000, 3_000);
    const whole = (tally: Tally) => tally.forwarded + Object.values(tally.dropped).reduce((sum, one) => sum + one, 0);
    await eventually('nothing waits', async () => (await relay.counters()).paths.default?.waiting === 0);
    const { upstream, downstream } = await traffic();
    for (const [tally, end] of [[upstream, server] as const, [downstream, client] as const]) {
      expect(tally.received + tally.missed).toBe(3_000);
      expect(whole(tally)).toBe(tally.received + tally.duplicated);
      for (const cause of ['loss', 'bandwidth'] as const) expect(tally.dropped[cause]).toBeGreaterThan(0);
      expect((await quiet(end)).length).toBe(tally.forwarded);
    }
  });

  it('counts what nobody takes', async () => {
    const server = await udpEnd();
    server.close();
    const client = await opened(await relay.open(server.address));
    await client.send(50, 500);
    await eventually('it was refused', async () => {
      const { refused, dropped } = (await traffic()).upstream;
      return refused + dropped.unsent > 0;
    });
  });

  it('counts what the kernel drops before it', async (context) => {
    if (!(await relay.counters()).knowsMissed) context.skip();
    const server = await opened();
    const client = await opened(await relay.open(server.address));
    await client.send(1);
    await quiet(server, 50);
    process.kill(relay.pid, 'SIGSTOP');
    await client.send(20_000, 40_000, 1_200);
    process.kill(relay.pid, 'SIGCONT');
    await quiet(server);
    const { upstream } = await traffic();
    expect(upstream.missed).toBeGreaterThan(0);
    expect(upstream.received + upstream.missed).toBe(20_001);
  });

  it('forgets a client that is silent, and counts probes apart', async () => {
    const server = await opened();
    const client = await opened(await relay.open(server.address, { path: 'quiet', idle: 400 }));
    const probe = await opened(await relay.open(server.address, { path: 'quiet', isProbe: true }));
    await client.send(1);
    await probe.send(3, 100);
    await eventually('both came', () => server.arrivals.length === 4);
    expect((await relay.counters()).paths.quiet?.probes.upstream.received).toBe(3);
    expect(await traffic('quiet')).toMatchObject({ upstream: { received: 1 } });
    await eventually('it is forgotten', async () => (await relay.counters()).paths.quiet?.clients === 0);
    await client.send(1);
    await eventually('it came', () => server.arrivals.length === 5);
  });

  it('listens no more when it is told so', async () => {
    const server = await opened();
    const listen = await relay.open(server.address);
    const client = await opened(listen);
    await relay.impair('default', 'slow', { upstream: { latency: 10_000 } });
    await client.send(10);
    await eventually('they wait', async () => (await relay.counters()).paths.default?.waiting === 10);
    await relay.shut(listen);
    await relay.shut(listen);
    await relay.lift('default', 'slow');
    await eventually('they are dropped', async () => (await traffic()).upstream.dropped.closed === 10);
    const again = await relay.open(server.address, { listen });
    expect(again).toBe(listen);
    await client.send(1);
    await eventually('it came', () => server.arrivals.length === 1);
  });

  it('is told nothing of the environment of its owner, and is gone when it is stopped', async () => {
    const told = readFileSync(`/proc/${relay.pid}/environ`, 'utf8').split('\0');
    const names = told.flatMap((line) => line.split('=')[0] || []);
    expect(
      names.filter((name) => !['PATH', 'LC_ALL', 'NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE'].includes(name)),
    ).toEqual([]);
    expect(isAlive(relay.pid)).toBe(true);
    await relay.stop();
    expect(await relay.ended).toBe('exit code 0');
    await expect(relay.counters()).rejects.toMatchObject({ name: 'RelayFailure', isGone: true });
  });
});
