import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Prepared, Task } from '../../../chaos/injector.ts';
import { toxiproxyInjector } from '../../../chaos/injectors/toxiproxy.ts';
import { speak } from '../../../chaos/probes/speak.ts';
import { toxiproxyClient } from '../../../chaos/toxiproxy/client.ts';
import type { Disturbance } from '../../../core/fault.ts';
import type { Speech } from '../../../core/means.ts';
import { found, looks, undo } from '../../support/injection.ts';
import { describeWith } from '../../support/real-part.ts';
import { startOurs, startReal, type TestedToxiproxy } from '../../support/toxiproxy.ts';
import { type WebServer, webServer } from '../../support/web-server.ts';

describe('our Toxiproxy', () => faults(() => startOurs()));
describeWith('toxiproxy', 'the real Toxiproxy', () => faults(() => startReal()));

function faults(start: () => Promise<TestedToxiproxy>): void {
  let toxiproxy: TestedToxiproxy;
  let server: WebServer;
  let count = 0;
  beforeAll(async () => {
    toxiproxy = await start();
    // As many bytes as its path says, after so many milliseconds.
    server = await webServer((request, response) => {
      const [, bytes, after] = (request.url ?? '').split('/').map(Number);
      setTimeout(() => response.end('x'.repeat(bytes ?? 0)), after ?? 0);
    });
  });
  afterAll(async () => {
    await toxiproxy.stop();
    await server.stop();
  });

  const proxied = async (upstream = new URL(server.url).host) => {
    count += 1;
    const proxy = `p${count}`;
    await toxiproxyClient(toxiproxy.url).createProxy({ name: proxy, upstream, listen: '127.0.0.1:0' });
    return proxy;
  };
  const prepared = async (does: Disturbance, path = '/1000/0', speaks: Speech = { kind: 'http', path }) => {
    const means = { by: 'toxiproxy', api: toxiproxy.url, proxy: await proxied(), speaks } as const;
    const task: Task<'toxiproxy'> = { name: 'st_test_0', does, means, lasting: 60_000 };
    return await toxiproxyInjector.prepare(task);
  };
  /** Shows a fault before, while and after it is there; gives what is said of it. */
  const shown = async (fault: Prepared) => {
    const before = await looks(fault);
    expect(fault.bites(before, before)).toMatchObject({ holds: false });
    await fault.inject();
    const bites = await found((seen) => fault.bites(before, seen), fault);
    expect(bites).toMatchObject({ holds: true });
    expect(fault.gone(before, await looks(fault))).toMatchObject({ holds: false });
    await undo(fault.undo);
    expect(await found((seen) => fault.gone(before, seen), fault)).toMatchObject({ holds: true });
    return bites.says;
  };

  test('latency is shown in the time to the first byte', async () => {
    const says = await shown(await prepared({ kind: 'latency', latency: 150, jitter: 20 }));
    expect(says).toMatch(/^1[3-9]\d ms more to the first byte, 150 ms were asked/);
  });

  test.concurrent.each([
    [50, '/15000/0'],
    [200, '/60000/0'],
    [1_000, '/300000/50'],
  ])('a cap of %d kB/s is shown in how fast the answer %s flows', async (kilobytesPerSecond, path) => {
    const says = await shown(await prepared({ kind: 'bandwidth', kilobytesPerSecond }, path));
    const [, came = ''] = /^(\d+) kB\/s came/.exec(says) ?? [];
    expect(Number(came)).toBeGreaterThan(kilobytesPerSecond * 0.5);
  });

  test('a cap is one for each connection: two at once take no longer than one', async () => {
    const does = { kind: 'bandwidth', kilobytesPerSecond: 50 } as const;
    const [proxy, speaks] = [await proxied(), { kind: 'http', path: '/25000/0' } as const];
    const means = { by: 'toxiproxy', api: toxiproxy.url, proxy, speaks } as const;
    const fault = await toxiproxyInjector.prepare({ name: 'st_test_0', does, means, lasting: 60_000 });
    await fault.inject();
    const listens = (await toxiproxyClient(toxiproxy.url).proxy(proxy))?.listen.split(':').at(-1);
    const began = performance.now();
    const address = { host: '127.0.0.1', port: Number(listens) };
    const heard = await Promise.all([1, 2, 3].map(() => speak(address, speaks, 10_000)));
    const took = performance.now() - began;
    expect(heard.map(({ bytes }) => bytes > 25_000)).toEqual([true, true, true]);
    expect(took).toBeGreaterThan(350);
    // Together they would have to wait for 1.5 s.
    expect(took).toBeLessThan(1_200);
  });

  test('a cap is not shown by an answer that is too short for it', async () => {
    const fault = await prepared({ kind: 'bandwidth', kilobytesPerSecond: 200 }, '/1000/0');
    const before = await looks(fault);
    await fault.inject();
    expect(fault.bites(before, await looks(fault))).toMatchObject({
      holds: false,
      says: 'no answer before the fault was long enough to time',
    });
    await undo(fault.undo);
  });

  test('refusal and other toxics are shown in how answers end', async () => {
    expect(await shown(await prepared({ kind: 'refusal' }))).toBe('5 of 5 connections were refused');
    const reset = { kind: 'toxic', type: 'reset_peer', stream: 'downstream', attributes: { timeout: 0 } } as const;
    expect(await shown(await prepared(reset))).toMatch(/^answers: reset/);
  });

  test('a service that has become slow by itself is not taken for a fault, nor for one that stays', async () => {
    const fault = await prepared({ kind: 'latency', latency: 100, jitter: 0 }, '/1000/0');
    const before = await looks(fault);
    const slow: Prepared = await prepared({ kind: 'latency', latency: 100, jitter: 0 }, '/1000/300');
    const meanwhile = await looks(slow);
    expect(fault.bites(before, meanwhile)).toMatchObject({
      holds: false,
      says: expect.stringMatching(/did not have it in 5 of 5 looks; [23]\d\d ms more to the first byte/),
    });
    expect(fault.gone(before, meanwhile)).toMatchObject({
      holds: true,
      says: expect.stringContaining('has it no more, but it is not as before: '),
    });
  });

  test('what is not there, or not as it was said, is not touched', async () => {
    const means = { by: 'toxiproxy', api: toxiproxy.url, proxy: 'nobody', speaks: { kind: 'tls' } } as const;
    const task = { name: 'st_test_0', does: { kind: 'refusal' }, means, lasting: 1 } as const;
    await expect(toxiproxyInjector.prepare(task)).rejects.toThrow('has no proxy "nobody"');
    const gone = { ...task, means: { ...means, api: 'http://127.0.0.1:9' } };
    await expect(toxiproxyInjector.prepare(gone)).rejects.toThrow('does not answer');
    const proxy = await proxied();
    await toxiproxyClient(toxiproxy.url).updateProxy(proxy, { enabled: false });
    const disabled = { ...task, means: { ...means, proxy } };
    await expect(toxiproxyInjector.prepare(disabled)).rejects.toThrow('is disabled already');
    const kill = { ...task, does: { kind: 'kill' } } as const;
    await expect(toxiproxyInjector.prepare(kill)).rejects.toThrow('a proxy cannot do kill');
  });
}

describe('what is said to a service to hear from it', () => {
  /** A service that says something to whoever connects, and answers whatever comes. */
  const serving = async (greeting: string | undefined, answer: (said: Buffer) => string) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on('error', () => undefined));
      if (greeting !== undefined) socket.write(greeting);
      socket.on('data', (said) => socket.write(answer(said)));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const close = () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    };
    return { address: { host: '127.0.0.1', port }, close };
  };

  test('is a request of PostgreSQL for TLS, which needs no account', async () => {
    const service = await serving(undefined, (said) => (said.readInt32BE(4) === 80_877_103 ? 'N' : 'E'));
    expect(await speak(service.address, { kind: 'postgres' }, 2_000)).toMatchObject({ ended: 'answered', bytes: 1 });
    service.close();
  });

  test('is nothing where the service speaks first, and one that does not is silent', async () => {
    const service = await serving('220 hello\r\n', () => '');
    expect(await speak(service.address, { kind: 'greeting' }, 2_000)).toMatchObject({ ended: 'answered', bytes: 11 });
    service.close();
    const silent = await serving(undefined, () => '');
    expect(await speak(silent.address, { kind: 'greeting' }, 200)).toMatchObject({ ended: 'silent', bytes: 0 });
    expect(await speak(silent.address, { kind: 'tls' }, 200)).toMatchObject({ ended: 'silent' });
    silent.close();
    expect(await speak(silent.address, { kind: 'greeting' }, 200)).toMatchObject({ ended: 'refused' });
  });
});
