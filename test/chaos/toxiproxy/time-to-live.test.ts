import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedToxiproxy, startEmbedded } from '../../../chaos/toxiproxy/embedded.ts';
import { eventually } from '../../support/prometheus.ts';
import { dialed, type TcpServer, tcpServer } from '../../support/tcp-peer.ts';
import { ask, emptied } from '../../support/toxiproxy.ts';
import { api, proxyTo } from '../../support/toxiproxy-api.ts';

describe('the time to live of a fault', () => {
  let toxiproxy: EmbeddedToxiproxy;
  let server: TcpServer;
  let listen: string;
  const log: string[] = [];

  beforeAll(async () => {
    toxiproxy = await startEmbedded({ seed: 1, log: (line) => log.push(line) });
    server = await tcpServer(({ socket }) => void socket.pipe(socket));
  });
  afterAll(async () => {
    await toxiproxy?.stop();
    await server?.stop();
  });
  afterEach(() => emptied({ ...toxiproxy, name: 'ours' }));

  const toxic = (ttl?: number, attributes: object = { rate: 0 }) =>
    api(toxiproxy, 'POST', '/proxies/t/toxics', { name: 'b', type: 'bandwidth', attributes, ttl });
  const toxics = () => api(toxiproxy, 'GET', '/proxies/t/toxics');
  const refusal = async (method: string, path: string, body: object) => {
    const { status, body: text } = await ask(toxiproxy.url, method, path, JSON.stringify(body));
    return [status, JSON.parse(text).error];
  };

  it('takes a toxic away when it runs out, and lets go what it held', async () => {
    listen = await proxyTo(toxiproxy, server.address);
    expect((await toxic(600)).ttl).toBeGreaterThan(400);
    const client = await dialed(listen);
    client.socket.write('held');
    await sleep(200);
    expect(client.heard().length).toBe(0);
    const [left] = await toxics();
    expect(left.ttl).toBeGreaterThan(0);
    expect(left.ttl).toBeLessThanOrEqual(400);
    expect(await client.hears(4)).toBeGreaterThan(300);
    expect(await toxics()).toEqual([]);
    expect(log.at(-1)).toContain('toxic b');
    client.socket.destroy();
  });

  it('is renewed without connections noticing', async () => {
    listen = await proxyTo(toxiproxy, server.address);
    await toxic(1_500);
    const client = await dialed(listen);
    client.socket.write('held');
    for (let n = 0; n < 7; n += 1) {
      await sleep(300);
      expect((await api(toxiproxy, 'PATCH', '/proxies/t/toxics/b', { ttl: 1_500 })).ttl).toBeGreaterThan(1_300);
    }
    // Any other change would have delivered what the toxic holds.
    expect(client.heard().length).toBe(0);
    await client.hears(4);
    expect(await toxics()).toEqual([]);
    client.socket.destroy();
  });

  it('goes on when something else is changed, and ends with 0', async () => {
    listen = await proxyTo(toxiproxy, server.address);
    await toxic(400);
    const changed = await api(toxiproxy, 'PATCH', '/proxies/t/toxics/b', { attributes: { rate: 5 } });
    expect(changed.attributes).toEqual({ rate: 5 });
    expect(changed.ttl).toBeLessThanOrEqual(400);
    expect(await api(toxiproxy, 'PATCH', '/proxies/t/toxics/b', { ttl: 0 })).not.toHaveProperty('ttl');
    await sleep(600);
    expect(await toxics()).toHaveLength(1);
  });

  it('is told of nothing that has none', async () => {
    listen = await proxyTo(toxiproxy, server.address);
    expect(await toxic()).not.toHaveProperty('ttl');
    expect(await api(toxiproxy, 'GET', '/proxies/t')).not.toHaveProperty('ttl');
  });

  it('enables a proxy again', async () => {
    listen = await proxyTo(toxiproxy, server.address);
    const disabled = await api(toxiproxy, 'PATCH', '/proxies/t', { enabled: false, ttl: 400 });
    expect(disabled).toMatchObject({ enabled: false, ttl: 400 });
    await expect(dialed(listen)).rejects.toThrow('ECONNREFUSED');
    await sleep(200);
    expect((await api(toxiproxy, 'PATCH', '/proxies/t', { ttl: 500 })).ttl).toBeGreaterThan(300);
    await sleep(300);
    expect((await api(toxiproxy, 'GET', '/proxies/t')).enabled).toBe(false);
    await eventually('it is enabled', async () => (await api(toxiproxy, 'GET', '/proxies/t')).enabled);
    (await dialed(listen)).socket.destroy();
  });

  it('does not give up while something else listens there, and says so', async () => {
    listen = await proxyTo(toxiproxy, server.address);
    await api(toxiproxy, 'PATCH', '/proxies/t', { enabled: false, ttl: 100 });
    const squatter = createServer().listen(Number(listen.split(':')[1]), '127.0.0.1');
    await eventually('it was tried', () => log.some((line) => line.includes('cannot be enabled')));
    squatter.close();
    await eventually('it is enabled', async () => (await api(toxiproxy, 'GET', '/proxies/t')).enabled);
  });

  it('cannot be renewed when it is over', async () => {
    listen = await proxyTo(toxiproxy, server.address);
    expect(await refusal('PATCH', '/proxies/t', { ttl: 500 })).toEqual([
      400,
      'ttl: the proxy is enabled, there is nothing to undo',
    ]);
    expect(await refusal('PATCH', '/proxies/t/toxics/b', { ttl: 500 })).toEqual([404, 'toxic not found']);
  });

  it('goes with what it was for', async () => {
    listen = await proxyTo(toxiproxy, server.address);
    await toxic(300);
    await api(toxiproxy, 'PATCH', '/proxies/t', { enabled: false, ttl: 300 });
    await api(toxiproxy, 'DELETE', '/proxies/t');
    await api(toxiproxy, 'POST', '/proxies', { name: 't', listen, upstream: server.address, enabled: false });
    await toxic();
    await sleep(500);
    expect((await api(toxiproxy, 'GET', '/proxies/t')).enabled).toBe(false);
    expect(await toxics()).toHaveLength(1);
  });

  it.each([
    [
      'POST',
      '/proxies',
      { name: 'x', upstream: 'a:1', enabled: true, ttl: 5 },
      'ttl: the proxy is enabled, there is nothing to undo',
    ],
    [
      'POST',
      '/proxies',
      { name: 'x', upstream: 'a:1', enabled: false, ttl: -1 },
      'ttl must be from 0 to 2147483647 milliseconds, not -1',
    ],
    [
      'POST',
      '/proxies/t/toxics',
      { type: 'noop', ttl: 2 ** 31 },
      'ttl must be from 0 to 2147483647 milliseconds, not 2147483648',
    ],
    [
      'POST',
      '/proxies/t/toxics',
      { type: 'noop', ttl: '5s' },
      'bad request body: json: cannot unmarshal string into Go struct field ToxicWrapper.ttl of type int64',
    ],
    [
      'POST',
      '/populate',
      [{ name: 'x', upstream: 'a:1', ttl: 5 }],
      'ttl: the proxy is enabled, there is nothing to undo',
    ],
  ])('%s %s of %j is refused', async (method, path, body, error) => {
    listen = await proxyTo(toxiproxy, server.address);
    expect(await refusal(method, path, body)).toEqual([400, error]);
    expect(Object.keys(await api(toxiproxy, 'GET', '/proxies'))).toEqual(['t']);
    expect(await toxics()).toEqual([]);
  });

  it('can be given from the beginning', async () => {
    await api(toxiproxy, 'POST', '/proxies', { name: 'a', upstream: server.address, enabled: false, ttl: 200 });
    await api(toxiproxy, 'POST', '/populate', [{ name: 'b', upstream: server.address, enabled: false, ttl: 200 }]);
    await eventually('both are enabled', async () => {
      const proxies = await api(toxiproxy, 'GET', '/proxies');
      return proxies.a.enabled && proxies.b.enabled;
    });
  });
});
