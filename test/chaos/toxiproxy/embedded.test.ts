import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type EmbeddedToxiproxy, startEmbedded } from '../../../chaos/toxiproxy/embedded.ts';
import { EXIT } from '../../../core/exit.ts';
import { eventually } from '../../support/prometheus.ts';
import { isAlive } from '../../support/remains.ts';
import { dialed, tcpServer } from '../../support/tcp-peer.ts';
import { ask, freePort } from '../../support/toxiproxy.ts';
import { api, proxyTo } from '../../support/toxiproxy-api.ts';

describe('the embedded Toxiproxy', () => {
  const started: EmbeddedToxiproxy[] = [];
  afterEach(async () => {
    for (const toxiproxy of started.splice(0)) await toxiproxy.stop();
  });
  const start = async (options: Parameters<typeof startEmbedded>[0]) => {
    const toxiproxy = await startEmbedded(options);
    started.push(toxiproxy);
    return toxiproxy;
  };

  it('listens on the loopback and is gone when it is stopped, with every proxy and connection', async () => {
    const server = await tcpServer();
    const toxiproxy = await start({ seed: 1 });
    expect(toxiproxy.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const listen = await proxyTo(toxiproxy, server.address);
    const client = await dialed(listen);
    await server.next();
    await Promise.all([toxiproxy.stop(), toxiproxy.stop()]);
    expect(await toxiproxy.ended).toBe('exit code 0');
    expect((await client.ended).how).toMatch(/fin|rst/);
    await expect(dialed(listen)).rejects.toThrow('ECONNREFUSED');
    await expect(ask(toxiproxy.url, 'GET', '/version')).rejects.toThrow();
    expect(isAlive(toxiproxy.pid)).toBe(false);
    await toxiproxy.stop();
    await server.stop();
  });

  it('says when it dies', async () => {
    const toxiproxy = await start({ seed: 1 });
    process.kill(toxiproxy.pid, 'SIGKILL');
    expect(await toxiproxy.ended).toBe('SIGKILL');
  });

  it('ends when whoever started it is killed', async () => {
    const module = pathToFileURL('dist/chaos/toxiproxy/embedded.js').href;
    const script = `import(${JSON.stringify(module)}).then(async ({ startEmbedded }) => {
      const { url, pid } = await startEmbedded({ seed: 1 });
      console.log(JSON.stringify({ url, pid }));
    })`;
    const owner = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface({ input: owner.stdout }), 'line')) as [string];
    const { url, pid } = JSON.parse(line);
    expect((await ask(url, 'GET', '/version')).status).toBe(200);
    owner.kill('SIGKILL');
    await eventually('it is gone', () => !isAlive(pid));
    await expect(ask(url, 'GET', '/version')).rejects.toThrow();
  });

  it('tells why it cannot start', async () => {
    const port = Number(new URL((await start({ seed: 1 })).url).port);
    await expect(startEmbedded({ seed: 1, port })).rejects.toMatchObject({
      exitCode: EXIT.notReady,
      message: expect.stringMatching(/^toxiproxy: cannot be started: .*address already in use/),
    });
  });

  it('takes the port it is told', async () => {
    const port = await freePort();
    expect((await start({ seed: 1, port })).url).toBe(`http://127.0.0.1:${port}`);
  });

  it('tells what it logs', async () => {
    const log: string[] = [];
    const toxiproxy = await start({ seed: 1, log: (line) => log.push(line) });
    const listen = await proxyTo(toxiproxy, `127.0.0.1:${await freePort()}`);
    for (let n = 0; n < 5; n += 1) await (await dialed(listen)).ended;
    await eventually('it is logged', () => log.length > 0);
    // Once, and not for each of thousands of connections.
    expect(log).toEqual([expect.stringMatching(/^toxiproxy: proxy t: no connection to 127.0.0.1:\d+: .*ECONNREFUSED/)]);
  });

  it.each([
    ['localhost:8474', 200],
    ['LOCALHOST', 200],
    ['api.localhost:1', 200],
    ['127.0.0.1', 200],
    ['127.8.9.10:5', 200],
    ['[::1]:8474', 200],
    ['stormtest.internal', 200],
    ['stormtest.internal:80', 200],
    ['STORMTEST.internal.', 200],
    ['evil.example', 403],
    ['evil.example:8474', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost.evil.example', 403],
    ['notlocalhost', 403],
    ['10.0.0.1', 403],
    ['[::2]', 403],
    ['user@localhost', 403],
    ['localhost/x', 403],
  ])('asked as "%s" it answers %i', async (host, status) => {
    const { url } = await start({ seed: 1, hosts: ['stormtest.internal'] });
    const answer = await ask(url, 'GET', '/proxies', undefined, { host });
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer).toMatchObject({ body: 'Host not allowed\n', type: 'text/plain; charset=utf-8' });
  });

  it('answers nobody who does not say whom they ask', async () => {
    const { url } = await start({ seed: 1 });
    const peer = await dialed(new URL(url).host);
    peer.socket.write('GET /proxies HTTP/1.0\r\n\r\n');
    await peer.ended;
    expect(peer.heard().toString()).toMatch(/^HTTP\/1\.1 403 /);
    peer.socket.destroy();
  });

  it('looks at the host of an absolute target, too', async () => {
    const { url } = await start({ seed: 1 });
    expect((await ask(url, 'GET', 'http://evil.example/proxies')).status).toBe(403);
    expect((await ask(url, 'GET', 'http://localhost/proxies')).body).toBe('{}');
  });

  it('draws the same for the same seed, whatever happens elsewhere', async () => {
    const server = await tcpServer(({ socket }) => void socket.pipe(socket));
    const outcomes = async (seed: number, disturbed: boolean) => {
      const toxiproxy = await start({ seed });
      const listen = await proxyTo(toxiproxy, server.address);
      await api(toxiproxy, 'POST', '/proxies/t/toxics', {
        type: 'limit_data',
        attributes: { bytes: 0 },
        toxicity: 0.5,
      });
      if (disturbed) {
        const other = { name: 'other', listen: '127.0.0.1:0', upstream: server.address };
        const place = (await api(toxiproxy, 'POST', '/proxies', other)).listen;
        await api(toxiproxy, 'POST', '/proxies/other/toxics', { type: 'noop', toxicity: 0.5 });
        for (let n = 0; n < 5; n += 1) (await dialed(place)).socket.destroy();
      }
      let told = '';
      for (let n = 0; n < 64; n += 1) {
        const client = await dialed(listen);
        client.socket.write('x');
        told += await Promise.race([client.ended.then(() => '-'), client.hears(1).then(() => 'x')]);
        client.socket.destroy();
      }
      return told;
    };
    const first = await outcomes(7, false);
    expect(await outcomes(7, true)).toBe(first);
    expect(await outcomes(8, false)).not.toBe(first);
    await server.stop();
  });

  it('counts bytes while connections are open', async () => {
    const server = await tcpServer(({ socket }) => void socket.pipe(socket));
    const toxiproxy = await start({ seed: 1 });
    const listen = await proxyTo(toxiproxy, server.address);
    await api(toxiproxy, 'POST', '/proxies/t/toxics', { type: 'bandwidth', attributes: { rate: 0 } });
    const client = await dialed(listen);
    client.socket.write(Buffer.alloc(5_000));
    await eventually('the bytes are counted, and what is held is not counted as sent', async () => {
      const { body, type } = await ask(toxiproxy.url, 'GET', '/metrics');
      const row = (which: string, direction: string) =>
        Number(
          new RegExp(`^toxiproxy_proxy_${which}_bytes_total\\{direction="${direction}",.*\\} (\\d+)$`, 'm').exec(
            body,
          )?.[1],
        );
      return (
        type === 'text/plain; version=0.0.4; charset=utf-8' &&
        row('received', 'upstream') === 5_000 &&
        row('sent', 'upstream') === 5_000 &&
        row('received', 'downstream') === 5_000 &&
        row('sent', 'downstream') === 0
      );
    });
    client.socket.destroy();
    await server.stop();
  });
});
