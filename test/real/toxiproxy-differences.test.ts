import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/prometheus.ts';
import { describeWith } from '../support/real-part.ts';
import { isAlive } from '../support/remains.ts';
import { dialed, type TcpServer, tcpServer } from '../support/tcp-peer.ts';
import { ask, emptied, startOurs, startReal, type TestedToxiproxy } from '../support/toxiproxy.ts';
import { api, proxyTo } from '../support/toxiproxy-api.ts';

/** The differences that docs/toxiproxy.md lists, seen on both sides where the real server shows them on any machine. */
describeWith('toxiproxy', 'where ours differs from the real Toxiproxy', () => {
  let real: TestedToxiproxy;
  let ours: TestedToxiproxy;
  let server: TcpServer;

  beforeAll(async () => {
    [real, ours] = [await startReal(), await startOurs()];
    server = await tcpServer(({ socket }) => void socket.pipe(socket));
  });
  afterAll(async () => {
    await real?.stop();
    await ours?.stop();
    await server?.stop();
  });
  afterEach(async () => {
    await emptied(ours);
    if (isAlive(real.pid)) await emptied(real);
  });

  /** Status and body (or error) of the last of some requests, by the real server and by ours. */
  async function both(...asked: readonly (readonly [string, string, (object | string)?])[]) {
    const answers = [];
    for (const { url } of [real, ours]) {
      let last: unknown;
      for (const [method, path, body] of asked) {
        const answer = await ask(url, method, path, typeof body === 'object' ? JSON.stringify(body) : body);
        const json = answer.body.startsWith('{') ? JSON.parse(answer.body) : answer.body;
        last = [answer.status, json.error ?? json];
      }
      answers.push(last);
    }
    return { real: answers[0], ours: answers[1] };
  }

  const web = ['POST', '/proxies', { name: 't', listen: '127.0.0.1:0', upstream: '127.0.0.1:9' }] as const;
  const toxic = (body: object | string) => ['POST', '/proxies/t/toxics', body] as const;

  it.each([
    ['bandwidth', { rate: -1 }, 'bandwidth: rate must not be negative, not -1'],
    ['slicer', {}, 'slicer: average_size must be at least 1, not 0'],
    ['slicer', { average_size: -5 }, 'slicer: average_size must be at least 1, not -5'],
    [
      'slicer',
      { average_size: 5, size_variation: 5 },
      'slicer: size_variation must be smaller than average_size (5), not 5',
    ],
    [
      'slicer',
      { average_size: 5, size_variation: -5 },
      'slicer: size_variation must be smaller than average_size (5), not -5',
    ],
  ])('attributes that break the real server are refused: %s %j', async (type, attributes, error) => {
    const made = await both(web, toxic({ type, attributes }));
    expect(made.real).toMatchObject([200, { type }]);
    expect(made.ours).toEqual([400, error]);
    await emptied(real);
    await emptied(ours);
    const good = type === 'slicer' ? { average_size: 10 } : { rate: 10 };
    const changed = await both(web, toxic({ type, name: 'n', attributes: good }), [
      'PATCH',
      '/proxies/t/toxics/n',
      { attributes: { ...good, ...attributes } },
    ]);
    if (Object.keys(attributes).length > 0) expect(changed.ours).toEqual([400, error]);
  });

  it.each([
    ['bandwidth', { rate: -1 }],
    ['slicer', { average_size: 0 }],
    ['slicer', { average_size: 1, size_variation: 50 }],
  ])('and they do break it: %s %j', async (type, attributes) => {
    const victim = await startReal();
    const listen = await proxyTo(victim, server.address);
    await api(victim, 'POST', '/proxies/t/toxics', { type, attributes });
    const client = await dialed(listen);
    client.socket.write(Buffer.alloc(1_000));
    await eventually('it is gone', async () => !(await ask(victim.url, 'GET', '/version').then(Boolean, () => false)));
    client.socket.destroy();
    await victim.stop();
  });

  it.each([1.5, -0.1, 2])('a toxicity of %f is refused', async (toxicity) => {
    const made = await both(web, toxic({ type: 'noop', toxicity }));
    expect(made.real).toMatchObject([200, { toxicity }]);
    expect(made.ours).toEqual([400, `toxicity must be from 0 to 1, not ${Math.fround(toxicity)}`]);
  });

  it('whole numbers that a double does not hold are refused', async () => {
    const made = await both(web, toxic('{"type":"latency","attributes":{"latency":9007199254740993}}'));
    expect(made.real).toMatchObject([200, { type: 'latency' }]);
    expect(made.ours).toEqual([
      400,
      'bad request body: attributes.latency: 9007199254740993 is beyond ±9007199254740991',
    ]);
  });

  it('a change that is refused changes nothing', async () => {
    const bad = ['PATCH', '/proxies/t/toxics/n', '{"attributes":{"jitter":9,"latency":"x"}}'] as const;
    const left = await both(web, toxic({ type: 'latency', name: 'n' }), bad, ['GET', '/proxies/t/toxics/n']);
    expect(left.real).toMatchObject([200, { attributes: { jitter: 9 } }]);
    expect(left.ours).toMatchObject([200, { attributes: { jitter: 0 } }]);
  });

  it('without a host it listens on the loopback only', async () => {
    const made = await both(['POST', '/proxies', { name: 't', upstream: '127.0.0.1:9' }]);
    expect(made.real).toMatchObject([201, { listen: expect.stringMatching(/^\[::\]:\d+$/) }]);
    expect(made.ours).toMatchObject([201, { listen: expect.stringMatching(/^127\.0\.0\.1:\d+$/) }]);
    const port = await both(['PATCH', '/proxies/t', { listen: ':0' }]);
    expect(port.real).toMatchObject([200, { listen: expect.stringMatching(/^\[::\]:\d+$/) }]);
    expect(port.ours).toMatchObject([200, { listen: expect.stringMatching(/^127\.0\.0\.1:\d+$/) }]);
  });

  it('ports have no names', async () => {
    const made = await both(['POST', '/proxies', { name: 't', upstream: 'a:1', listen: '127.0.0.1:gopher' }]);
    expect(made.ours).toEqual([500, 'listen tcp: lookup tcp/gopher: unknown port']);
    expect(made.real).not.toEqual(made.ours);
  });

  it('the resolver that found no host is not named', async () => {
    const made = await both(['POST', '/proxies', { name: 't', upstream: 'a:1', listen: 'no-such-host.invalid:0' }]);
    expect(made.ours).toEqual([500, 'listen tcp: lookup no-such-host.invalid: no such host']);
    // How the real server puts it depends on the resolver of the machine.
    expect(made.real).toMatchObject([500, expect.stringMatching(/^listen tcp: lookup no-such-host.invalid/)]);
  });

  it('reset goes by the names', async () => {
    const blockers = await Promise.all([tcpServer(), tcpServer()]);
    for (const [index, name] of ['b', 'a', 'd', 'c'].entries()) {
      const listen = blockers[index % 2]?.address;
      await api(ours, 'POST', '/proxies', { name, listen, upstream: 'a:1', enabled: false });
    }
    for (let n = 0; n < 5; n += 1) {
      const { status, body } = await ask(ours.url, 'POST', '/reset');
      expect([status, JSON.parse(body).error]).toEqual([
        500,
        `listen tcp ${blockers[1]?.address}: bind: address already in use`,
      ]);
    }
    for (const blocker of blockers) await blocker.stop();
  });

  it('bodies beyond a megabyte are refused', async () => {
    const long = `{"name":"t","upstream":"a:1","listen":"127.0.0.1:0","pad":"${'x'.repeat(1_048_576)}"}`;
    const made = await both(['POST', '/proxies', long]);
    expect(made.real).toMatchObject([201, { name: 't' }]);
    expect(made.ours).toEqual([413, 'the body is longer than 1048576 bytes']);
  });

  it('a name that leads here from a page of a stranger is refused', async () => {
    const headers = { host: 'evil.example' };
    expect((await ask(real.url, 'GET', '/proxies', undefined, headers)).status).toBe(200);
    expect((await ask(ours.url, 'GET', '/proxies', undefined, headers)).status).toBe(403);
  });

  it('the logger of the real server is not told', async () => {
    const made = await both(web);
    expect(made.real).toMatchObject([201, { Logger: {} }]);
    expect((made.ours as object[])[1]).not.toHaveProperty('Logger');
  });

  it('a time to live is ignored by the real server, and harms nothing there', async () => {
    const disabled = await both(web, ['PATCH', '/proxies/t', { enabled: false, ttl: 300 }]);
    expect(disabled.ours).toMatchObject([200, { enabled: false, ttl: 300 }]);
    expect(disabled.real).toMatchObject([200, { enabled: false }]);
    expect((disabled.real as object[])[1]).not.toHaveProperty('ttl');
    const made = await both(toxic({ type: 'noop', ttl: 300 }));
    expect(made.ours).toMatchObject([200, { ttl: 300 }]);
    expect((made.real as object[])[1]).not.toHaveProperty('ttl');
    const renewed = await both(['PATCH', '/proxies/t/toxics/noop_downstream', { ttl: 300 }]);
    expect(renewed.real).toMatchObject([200, { type: 'noop' }]);
    await sleep(600);
    expect((await both(['GET', '/proxies/t'])).ours).toMatchObject([200, { enabled: true, toxics: [] }]);
    expect((await both(['GET', '/proxies/t'])).real).toMatchObject([
      200,
      { enabled: false, toxics: [{ type: 'noop' }] },
    ]);
  });

  it('metrics are always there, and count while a connection is open', async () => {
    const counted = async ({ url }: TestedToxiproxy, listen: string) =>
      new RegExp(`toxiproxy_proxy_sent_bytes_total\\{direction="upstream",listener="${listen}".*\\} 5000\n`).test(
        (await ask(url, 'GET', '/metrics')).body,
      );
    for (const tested of [real, ours]) {
      const listen = await proxyTo(tested, server.address);
      const client = await dialed(listen);
      client.socket.write(Buffer.alloc(5_000));
      await client.hears(5_000);
      expect(await counted(tested, listen)).toBe(tested === ours);
      client.socket.destroy();
      await eventually('both have counted when it is over', () => counted(tested, listen));
    }
  });

  it('of the metrics, those of the library that the real server uses are left out', async () => {
    const [told, ourselves] = [await ask(real.url, 'GET', '/metrics'), await ask(ours.url, 'GET', '/metrics')];
    expect(told.type).toBe('text/plain; version=0.0.4; charset=utf-8; escaping=underscores');
    expect(ourselves.type).toBe('text/plain; version=0.0.4; charset=utf-8');
    const families = (body: string) => [...body.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    const both = ['toxiproxy_proxy_received_bytes_total', 'toxiproxy_proxy_sent_bytes_total'];
    expect(families(told.body)).toEqual(['promhttp_metric_handler_errors_total', ...both]);
    expect(families(ourselves.body)).toEqual(both);
  });

  it('changes do not wait for a client that does not read', async () => {
    const endless = Buffer.alloc(1_000_000);
    const source = await tcpServer(({ socket }) => {
      const more = () => {
        while (!socket.destroyed && socket.write(endless));
      };
      socket.on('drain', more);
      more();
    });
    const victim = await startReal();
    for (const tested of [victim, ours]) {
      const listen = await proxyTo(tested, source.address);
      await api(tested, 'POST', '/proxies/t/toxics', { name: 'n', type: 'latency', attributes: { latency: 1 } });
      const { hostname, port } = new URL(`tcp://${listen}`);
      const deaf = connect({ host: hostname, port: Number(port) }).on('error', () => {});
      deaf.pause();
      await sleep(500);
      const changed = api(tested, 'PATCH', '/proxies/t/toxics/n', { attributes: { latency: 2 } }).then(
        () => 'done',
        () => 'failed',
      );
      expect(await Promise.race([changed, sleep(1_000, 'waits')])).toBe(tested === ours ? 'done' : 'waits');
      deaf.destroy();
    }
    // It does not find back from that.
    await victim.stop();
    await source.stop();
  });

  it('whoever waits for a reset is reset when the toxic goes, and nobody waits for that', async () => {
    for (const tested of [real, ours]) {
      const listen = await proxyTo(tested, server.address);
      await api(tested, 'POST', '/proxies/t/toxics', { name: 'n', type: 'reset_peer', attributes: { timeout: 1_500 } });
      const client = await dialed(listen);
      client.socket.write('x');
      await sleep(200);
      const began = performance.now();
      await api(tested, 'DELETE', '/proxies/t/toxics/n');
      const took = performance.now() - began;
      expect((await client.ended).how).toBe('rst');
      if (tested === ours) expect(took).toBeLessThan(1_000);
      else expect(took).toBeGreaterThan(1_000);
    }
  });

  it('a slow connection upstream does not hold up others', async () => {
    // An address that nobody answers from, reachable or not, takes longer than this test.
    const listen = await proxyTo(ours, '192.0.2.1:9');
    const lost = await dialed(listen);
    await sleep(100);
    const began = performance.now();
    await api(ours, 'PATCH', '/proxies/t', { enabled: false, upstream: server.address });
    expect(performance.now() - began).toBeLessThan(1_000);
    await lost.ended;
    lost.socket.destroy();
  });

  it('what is no HTTP is refused in other words', async () => {
    const said: string[] = [];
    for (const { url } of [real, ours]) {
      const { hostname, port } = new URL(url);
      const peer = await dialed(`${hostname}:${port}`);
      peer.socket.write('rubbish\r\n\r\n');
      await peer.ended;
      said.push(peer.heard().toString());
      peer.socket.destroy();
    }
    expect(said[0]).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(said[1]).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(said[1]).not.toBe(said[0]);
  });

  it('a request that stays unfinished is answered with 408, where the real server only hangs up', {
    timeout: 60_000,
  }, async () => {
    const said = await Promise.all(
      [real, ours].map(
        ({ url }) =>
          new Promise<string>((resolve) => {
            const { hostname, port } = new URL(url);
            const asked = request({
              hostname,
              port,
              method: 'POST',
              path: '/proxies',
              headers: { 'content-length': 100 },
            });
            asked.on('response', (answer) => resolve(String(answer.statusCode)));
            asked.on('error', () => resolve('hung up'));
            asked.write('{');
          }),
      ),
    );
    expect(said[0]).not.toBe('408');
    expect(said[1]).toBe('408');
  });
});
