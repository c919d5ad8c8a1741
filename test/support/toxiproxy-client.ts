import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type ToxiproxyClient, toxiproxyClient } from '../../chaos/toxiproxy/client.ts';
import { emptied, type TestedToxiproxy } from './toxiproxy.ts';

/** What the one client does, with the real Toxiproxy and with ours. */
export function clientTests(start: () => Promise<TestedToxiproxy>): void {
  let tested: TestedToxiproxy;
  let client: ToxiproxyClient;

  beforeAll(async () => {
    tested = await start();
    client = toxiproxyClient(`${tested.url}/`);
  });
  beforeEach(() => emptied(tested));
  afterAll(() => tested?.stop());

  const web = { name: 'web', listen: '127.0.0.1:0', upstream: '127.0.0.1:9' };
  const slow = { name: 'st_1_1', type: 'latency', stream: 'upstream', attributes: { latency: 5 } } as const;

  it('tells the version', async () => {
    expect(client.url).toBe(tested.url);
    expect(await client.version()).toBe('2.12.0');
  });

  it('makes, reads, changes and removes proxies', async () => {
    const made = await client.createProxy(web);
    expect(made).toMatchObject({ name: 'web', upstream: '127.0.0.1:9', enabled: true, toxics: [] });
    expect(made.listen).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(await client.proxies()).toEqual([made]);
    expect(await client.proxy('web')).toEqual(made);
    expect(await client.proxy('none')).toBeUndefined();
    expect(await client.updateProxy('web', { enabled: false })).toMatchObject({ enabled: false, listen: made.listen });
    expect(await client.updateProxy('web', { enabled: true, upstream: '127.0.0.1:10' })).toMatchObject({
      enabled: true,
      upstream: '127.0.0.1:10',
      listen: made.listen,
    });
    await client.removeProxy('web');
    expect(await client.proxies()).toEqual([]);
    await client.removeProxy('web');
  });

  it('makes, reads, changes and removes toxics', async () => {
    await client.createProxy(web);
    expect(await client.addToxic('web', slow)).toEqual({ ...slow, toxicity: 1, attributes: { latency: 5, jitter: 0 } });
    expect(
      await client.addToxic('web', { ...slow, name: 'n', type: 'noop', attributes: {}, toxicity: 0.5 }),
    ).toMatchObject({ toxicity: 0.5 });
    expect((await client.proxy('web'))?.toxics.map(({ name }) => name)).toEqual(['st_1_1', 'n']);
    expect(await client.updateToxic('web', 'st_1_1', { attributes: { jitter: 2 } })).toMatchObject({
      attributes: { latency: 5, jitter: 2 },
    });
    expect(await client.updateToxic('web', 'st_1_1', { toxicity: 0.25 })).toMatchObject({ toxicity: 0.25 });
    await client.removeToxic('web', 'st_1_1');
    await client.removeToxic('web', 'st_1_1');
    await client.removeToxic('none', 'st_1_1');
    expect((await client.proxy('web'))?.toxics.map(({ name }) => name)).toEqual(['n']);
  });

  it('makes a disabled proxy', async () => {
    expect(await client.createProxy({ ...web, enabled: false })).toMatchObject({ enabled: false });
  });

  it('tells status and reason of what is refused', async () => {
    await client.createProxy(web);
    await client.addToxic('web', slow);
    const failures: readonly (readonly [() => Promise<unknown>, number, string])[] = [
      [() => client.createProxy(web), 409, 'there is one of that name'],
      [() => client.createProxy({ ...web, name: 'b', listen: 'nonsense' }), 500, 'it cannot do that'],
      [() => client.updateProxy('none', { enabled: false }), 404, 'proxy not found'],
      [() => client.addToxic('none', slow), 404, 'proxy not found'],
      [() => client.addToxic('web', slow), 409, 'there is one of that name'],
      [() => client.addToxic('web', { ...slow, name: 'x', type: 'down' }), 400, 'it does not take what it was told'],
      [() => client.updateToxic('web', 'none', { toxicity: 0.5 }), 404, 'toxic not found'],
      [() => client.updateToxic('none', 'none', { toxicity: 0.5 }), 404, 'proxy not found'],
    ];
    for (const [call, status, reason] of failures)
      await expect(call()).rejects.toMatchObject({
        name: 'ToxiproxyFailure',
        status,
        reason: expect.stringContaining(reason),
      });
  });

  it.each(['', '.', '..', 'a/b', 'a b', 'a?b', 'a%2fb', 'ä', 'a#b', '../version'])(
    'takes no name like "%s"',
    async (name) => {
      const calls = [
        () => client.proxy(name),
        () => client.createProxy({ ...web, name }),
        () => client.updateProxy(name, {}),
        () => client.removeProxy(name),
        () => client.addToxic(name, slow),
        () => client.addToxic('web', { ...slow, name }),
        () => client.updateToxic('web', name, {}),
        () => client.removeToxic('web', name),
      ];
      for (const call of calls) await expect((async () => await call())()).rejects.toMatchObject({ name: 'Mistakes' });
      expect(await client.proxies()).toEqual([]);
    },
  );
}

/** What the client does when there is no Toxiproxy at the other end. */
export function lonelyClientTests(): void {
  const closers: (() => void)[] = [];
  afterAll(() => {
    for (const close of closers) close();
  });
  const calls = (client: ToxiproxyClient): readonly (() => Promise<unknown>)[] => [
    () => client.version(),
    () => client.proxies(),
    () => client.proxy('a'),
    () => client.createProxy({ name: 'a', upstream: 'b:1' }),
    () => client.updateProxy('a', { enabled: false }),
    () => client.removeProxy('a'),
    () => client.addToxic('a', { name: 'b', type: 'noop', stream: 'upstream', attributes: {} }),
    () => client.updateToxic('a', 'b', { toxicity: 1 }),
    () => client.removeToxic('a', 'b'),
  ];
  const addressOf = (server: { address(): AddressInfo | string | null }) =>
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  it('says when nothing listens', async () => {
    const server = createTcpServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = addressOf(server);
    await new Promise((resolve) => server.close(resolve));
    for (const call of calls(toxiproxyClient(url)))
      await expect(call()).rejects.toMatchObject({
        status: undefined,
        message: expect.stringMatching(/does not answer: connect ECONNREFUSED/),
      });
  });

  it('ends in time when there is no answer', async () => {
    const server = createTcpServer((socket) => void socket.resume().on('error', () => {}));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => server.close());
    const client = toxiproxyClient(addressOf(server), 200);
    for (const call of calls(client)) {
      const began = performance.now();
      await expect(call()).rejects.toMatchObject({
        status: undefined,
        message: expect.stringMatching(/within 200 ms/),
      });
      expect(performance.now() - began).toBeLessThan(2_000);
    }
  });

  it('says when it is something else that answers', async () => {
    const web: Server = createServer((_, response) => response.end('<html>'));
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    closers.push(() => web.close());
    const [version, proxies, proxy] = calls(toxiproxyClient(addressOf(web)));
    for (const call of [version, proxies, proxy])
      await expect(call?.()).rejects.toMatchObject({
        status: 200,
        message: expect.stringContaining('it is no Toxiproxy'),
      });
    for (const call of calls(toxiproxyClient(addressOf(web))).slice(3))
      await expect(call()).rejects.toMatchObject({ name: 'ToxiproxyFailure' });
  });

  it.each(['', 'localhost:8474', 'ftp://localhost', '/x', 'http://'])('takes no URL like "%s"', (url) => {
    expect(() => toxiproxyClient(url)).toThrow('is no URL of a Toxiproxy');
  });
}
