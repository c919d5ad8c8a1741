import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './prometheus.ts';
import { dialed, type TcpPeer, type TcpServer, tcpServer } from './tcp-peer.ts';
import { ask, emptied, type TestedToxiproxy } from './toxiproxy.ts';

/** How much later than it should something may be on a busy machine, in milliseconds. */
const LATE = 400;

/** Sends back what it hears. */
const echo = ({ socket }: TcpPeer) => void socket.pipe(socket);

/**
 * What happens to connections, measured from outside: the same for the real Toxiproxy and for ours. What takes time is
 * never early, and late by no more than a busy machine explains.
 */
export function trafficTests(start: () => Promise<TestedToxiproxy>): void {
  let tested: TestedToxiproxy;
  const opened: (TcpServer | TcpPeer)[] = [];
  const servers: TcpServer[] = [];

  beforeAll(async () => {
    tested = await start();
  });
  afterAll(() => tested?.stop());
  afterEach(async () => {
    for (const one of opened.splice(0)) if ('socket' in one) one.socket.destroy();
    await emptied(tested);
    for (const server of servers.splice(0)) await server.stop();
  });

  async function api(method: string, path: string, body?: object, expected: number[] = [200, 201, 204]) {
    const answer = await ask(tested.url, method, path, body && JSON.stringify(body));
    if (!expected.includes(answer.status)) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
    return answer.body === '' ? undefined : JSON.parse(answer.body);
  }

  const toxic = (type: string, attributes: object = {}, more: object = {}) =>
    api('POST', '/proxies/t/toxics', { type, name: type, attributes, ...more });

  async function proxied(
    serve?: (peer: TcpPeer) => void,
    paused = false,
  ): Promise<{ server: TcpServer; listen: string }> {
    const server = await tcpServer(serve, paused);
    servers.push(server);
    const { listen } = await api('POST', '/proxies', { name: 't', listen: '127.0.0.1:0', upstream: server.address });
    return { server, listen };
  }

  async function dial(address: string): Promise<TcpPeer> {
    const peer = await dialed(address);
    opened.push(peer);
    return peer;
  }

  /** Milliseconds until what is said has been echoed. */
  async function echoed(client: TcpPeer, said = 'x'): Promise<number> {
    const before = client.heard().length;
    const began = performance.now();
    client.socket.write(said);
    await client.hears(before + Buffer.byteLength(said));
    return performance.now() - began;
  }

  async function times(count: number, measure: () => Promise<number>): Promise<number[]> {
    const measured: number[] = [];
    for (let n = 0; n < count; n += 1) measured.push(await measure());
    return measured.sort((a, b) => a - b);
  }

  describe('without toxics', () => {
    it('passes everything on, both ways, unchanged', async () => {
      const { listen, server } = await proxied();
      const [there, back] = [randomBytes(8_000_000), randomBytes(8_000_000)];
      const client = await dial(listen);
      const peer = await server.next();
      client.socket.write(there);
      peer.socket.write(back);
      await Promise.all([client.hears(back.length), peer.hears(there.length)]);
      expect(digest(client.heard())).toBe(digest(back));
      expect(digest(peer.heard())).toBe(digest(there));
    });

    it('serves many connections at once', async () => {
      const { listen } = await proxied(echo);
      const clients = await Promise.all(Array.from({ length: 200 }, () => dial(listen)));
      await Promise.all(clients.map((client, index) => echoed(client, `${index}`.repeat(2_000))));
      for (const [index, client] of clients.entries()) expect(client.heard().toString()).toBe(`${index}`.repeat(2_000));
    });

    it('closes the whole connection when one side says that it is done', async () => {
      const { listen, server } = await proxied();
      const client = await dial(listen);
      client.socket.end('question');
      const peer = await server.next();
      await peer.hears(8);
      expect((await peer.ended).how).toBe('fin');
      peer.socket.write('answer');
      expect((await client.ended).how).toBe('fin');
      expect(client.heard().toString()).toBe('');
    });

    it('ends a connection that the client resets', async () => {
      const { listen, server } = await proxied();
      const client = await dial(listen);
      await echoless(client, await server.next());
      client.socket.resetAndDestroy();
      expect((await (server.peers[0] as TcpPeer).ended).how).toBe('fin');
    });

    it('ends a connection that the server resets', async () => {
      const { listen, server } = await proxied();
      const client = await dial(listen);
      const peer = await server.next();
      await echoless(client, peer);
      peer.socket.resetAndDestroy();
      expect((await client.ended).how).toBe('fin');
    });

    it('closes a connection when nobody answers upstream', async () => {
      const { listen, server } = await proxied();
      await server.stop();
      servers.splice(0);
      const client = await dial(listen);
      expect((await client.ended).how).toBe('fin');
    });

    it.each(['upstream', 'downstream'])('stops reading when nobody reads at the other end, %s', async (direction) => {
      const { listen, server } = await proxied(undefined, true);
      const client = await dial(listen);
      const peer = await server.next();
      const [from, to] = direction === 'upstream' ? [client, peer] : [peer, client];
      to.socket.pause();
      let said = 0;
      const piece = Buffer.alloc(65_536);
      for (let idle = 0; idle < 3 && said < 200_000_000; ) {
        const flows = from.socket.write(piece);
        said += piece.length;
        if (!flows) idle = await Promise.race([drained(from).then(() => 0), sleep(200, idle + 1)]);
      }
      expect(said).toBeLessThan(64_000_000);
      to.socket.resume();
      await to.hears(said);
    });
  });

  describe('disabling', () => {
    it('closes connections, refuses new ones, and lets them in again', async () => {
      const { listen } = await proxied(echo);
      const client = await dial(listen);
      await echoed(client);
      await api('PATCH', '/proxies/t', { enabled: false });
      expect((await client.ended).how).toBe('fin');
      await expect(dialed(listen)).rejects.toThrow('ECONNREFUSED');
      await api('PATCH', '/proxies/t', { enabled: true });
      await echoed(await dial(listen));
    });

    it.each([
      ['deleting', () => api('DELETE', '/proxies/t')],
      ['another upstream', () => api('PATCH', '/proxies/t', { upstream: '127.0.0.1:9' })],
      ['another listener', () => api('PATCH', '/proxies/t', { listen: '127.0.0.1:0' })],
    ])('%s closes connections, too', async (_, change) => {
      const { listen } = await proxied(echo);
      const client = await dial(listen);
      await echoed(client);
      await change();
      expect((await client.ended).how).toBe('fin');
    });

    it('resets connections that began under reset_peer', async () => {
      const { listen, server } = await proxied();
      await toxic('reset_peer', { timeout: 60_000 }, { stream: 'upstream' });
      const client = await dial(listen);
      await server.next();
      await api('PATCH', '/proxies/t', { enabled: false });
      expect((await client.ended).how).toBe('rst');
    });
  });

  describe('latency', () => {
    it.each(['upstream', 'downstream'])('delays what is said, %s', async (stream) => {
      const { listen } = await proxied(echo);
      await toxic('latency', { latency: 150 }, { stream });
      const client = await dial(listen);
      const [least = 0, ...others] = await times(5, () => echoed(client));
      expect(least).toBeGreaterThanOrEqual(149);
      expect(least).toBeLessThan(175);
      expect(Math.max(...others)).toBeLessThan(150 + LATE);
    });

    it('varies by the jitter and no more', async () => {
      const { listen } = await proxied(echo);
      await toxic('latency', { latency: 200, jitter: 100 });
      const clients = await Promise.all(Array.from({ length: 60 }, () => dial(listen)));
      const took = (await Promise.all(clients.map((client) => echoed(client)))).sort((a, b) => a - b);
      const mean = took.reduce((sum, ms) => sum + ms, 0) / took.length;
      expect(took[0]).toBeGreaterThanOrEqual(99);
      expect(took[0]).toBeLessThan(150);
      expect(took.at(-1)).toBeGreaterThan(250);
      expect(took.at(-1)).toBeLessThan(300 + LATE);
      expect(Math.abs(mean - 200)).toBeLessThan(60);
    });

    it('keeps the order, and delays each piece, not all of them one after another', async () => {
      const { listen } = await proxied(echo);
      await toxic('latency', { latency: 300, jitter: 100 });
      const client = await dial(listen);
      const said = Array.from({ length: 40 }, (_, n) => `${n},`);
      for (const part of said) {
        client.socket.write(part);
        await sleep(5);
      }
      const took = await client.hears(said.join('').length);
      expect(client.heard().toString()).toBe(said.join(''));
      expect(took).toBeLessThan(600 + 2 * LATE);
    });

    it('reaches connections that are open, and leaves them again', async () => {
      const { listen } = await proxied(echo);
      const client = await dial(listen);
      expect((await times(3, () => echoed(client)))[0]).toBeLessThan(50);
      await toxic('latency', { latency: 100 });
      expect((await times(3, () => echoed(client)))[0]).toBeGreaterThanOrEqual(99);
      await api('PATCH', '/proxies/t/toxics/latency', { attributes: { latency: 250 } });
      expect((await times(3, () => echoed(client)))[0]).toBeGreaterThanOrEqual(249);
      await api('DELETE', '/proxies/t/toxics/latency');
      expect((await times(3, () => echoed(client)))[0]).toBeLessThan(50);
    });

    it('delivers what it holds when it is taken away', async () => {
      const { listen } = await proxied(echo);
      await toxic('latency', { latency: 60_000 });
      const client = await dial(listen);
      for (const part of ['one ', 'two ', 'three']) {
        client.socket.write(part);
        await sleep(20);
      }
      await sleep(200);
      expect(client.heard().length).toBe(0);
      await api('DELETE', '/proxies/t/toxics/latency');
      await client.hears(13);
      expect(client.heard().toString()).toBe('one two three');
    });

    it('delivers what it holds before the end of the connection', async () => {
      const { listen } = await proxied(({ socket }) => void socket.end('good bye'));
      await toxic('latency', { latency: 200 });
      const client = await dial(listen);
      const { how, at } = await client.ended;
      expect([how, client.heard().toString()]).toEqual(['fin', 'good bye']);
      expect(at).toBeGreaterThanOrEqual(195);
    });
  });

  describe('bandwidth', () => {
    it.each([
      [100, 100_000],
      [1_000, 1_000_000],
      [20_000, 10_000_000],
    ])('lets %i kB/s through, within 5 %', async (rate, bytes) => {
      const content = randomBytes(bytes);
      const { listen } = await proxied(({ socket }) => void socket.write(content));
      await toxic('bandwidth', { rate });
      const measured: number[] = [];
      // A busy machine makes it slower, nothing makes it faster: one good try of three is the proof.
      for (let n = 0; n < 3 && !measured.some((share) => Math.abs(share - 1) <= 0.05); n += 1) {
        const client = await dial(listen);
        const took = await client.hears(bytes);
        expect(digest(client.heard())).toBe(digest(content));
        measured.push(bytes / took / rate);
        client.socket.destroy();
      }
      expect(Math.max(...measured)).toBeLessThanOrEqual(1.05);
      expect(Math.max(...measured)).toBeGreaterThanOrEqual(0.95);
    });

    it('stalls at 0, and delivers what it holds when it is changed or taken away', async () => {
      const { listen, server } = await proxied();
      await toxic('bandwidth', { rate: 0 });
      const client = await dial(listen);
      const peer = await server.next();
      peer.socket.write('held back');
      await sleep(400);
      expect(client.heard().length).toBe(0);
      await api('PATCH', '/proxies/t/toxics/bandwidth', { attributes: { rate: 0 } });
      await client.hears(9);
      peer.socket.write(', and again');
      await sleep(300);
      expect(client.heard().toString()).toBe('held back');
      await api('DELETE', '/proxies/t/toxics/bandwidth');
      await client.hears(20);
      expect(client.heard().toString()).toBe('held back, and again');
    });

    it('holds back the end, too, as long as it holds data', async () => {
      const { listen } = await proxied(({ socket }) => void socket.end('the end'));
      await toxic('bandwidth', { rate: 0 });
      const client = await dial(listen);
      expect(await Promise.race([client.ended, sleep(300, 'nothing')])).toBe('nothing');
      await api('DELETE', '/proxies/t/toxics/bandwidth');
      expect((await client.ended).how).toBe('fin');
      expect(client.heard().toString()).toBe('the end');
    });

    it('speeds up in the middle of a stream', async () => {
      const content = randomBytes(400_000);
      const { listen } = await proxied(({ socket }) => void socket.write(content));
      await toxic('bandwidth', { rate: 20 });
      const client = await dial(listen);
      await sleep(500);
      expect(client.heard().length).toBeLessThan(60_000);
      await api('PATCH', '/proxies/t/toxics/bandwidth', { attributes: { rate: 100_000 } });
      const took = await client.hears(content.length);
      expect(took).toBeLessThan(3_000);
      expect(digest(client.heard())).toBe(digest(content));
    });
  });

  describe('slicer', () => {
    it('cuts into halves of halves', async () => {
      const { listen, server } = await proxied();
      await toxic('slicer', { average_size: 100, size_variation: 0, delay: 20_000 });
      const client = await dial(listen);
      (await server.next()).socket.write(Buffer.alloc(1_000));
      await client.hears(1_000);
      expect(client.pieces.map(({ length }) => length)).toEqual(Array.from({ length: 8 }, () => [62, 63]).flat());
    });

    it('varies the sizes, and waits after each piece', async () => {
      const { listen, server } = await proxied();
      await toxic('slicer', { average_size: 100, size_variation: 40, delay: 10_000 });
      const client = await dial(listen);
      const peer = await server.next();
      const began = performance.now();
      peer.socket.write(Buffer.alloc(5_000));
      await client.hears(5_000);
      const sizes = client.pieces.map(({ length }) => length);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(140);
      expect(new Set(sizes).size).toBeGreaterThan(10);
      expect(sizes.length).toBeGreaterThan(36);
      expect(performance.now() - began).toBeGreaterThanOrEqual((sizes.length - 1) * 10 - 5);
    });

    it('waits after each piece, however short the wait', async () => {
      const { listen, server } = await proxied();
      await toxic('slicer', { average_size: 1, size_variation: 0, delay: 50 });
      const client = await dial(listen);
      const peer = await server.next();
      const began = performance.now();
      peer.socket.write(Buffer.alloc(2_000));
      await client.hears(2_000);
      expect(performance.now() - began).toBeGreaterThanOrEqual(99);
      expect(performance.now() - began).toBeLessThan(6_000);
    });

    it('delivers the rest when it is taken away', async () => {
      const content = randomBytes(30_000);
      const { listen, server } = await proxied();
      await toxic('slicer', { average_size: 100, size_variation: 50, delay: 100_000 });
      const client = await dial(listen);
      (await server.next()).socket.write(content);
      await client.hears(200);
      await api('DELETE', '/proxies/t/toxics/slicer');
      await client.hears(content.length);
      expect(digest(client.heard())).toBe(digest(content));
    });
  });

  describe('slow_close', () => {
    it('delays the end, not the data', async () => {
      const { listen } = await proxied(({ socket }) => void socket.end('good bye'));
      await toxic('slow_close', { delay: 400 });
      const client = await dial(listen);
      expect(await client.hears(8)).toBeLessThan(300);
      const { how, at } = await client.ended;
      expect(how).toBe('fin');
      expect(at).toBeGreaterThanOrEqual(395);
      expect(at).toBeLessThan(400 + LATE);
    });

    it('delays what the client ends, upstream', async () => {
      const { listen, server } = await proxied();
      await toxic('slow_close', { delay: 400 }, { stream: 'upstream' });
      const client = await dial(listen);
      const peer = await server.next();
      const began = performance.now();
      client.socket.end();
      expect((await peer.ended).how).toBe('fin');
      expect(performance.now() - began).toBeGreaterThanOrEqual(395);
    });

    it('lets a waiting end go when it is taken away', async () => {
      const { listen } = await proxied(({ socket }) => void socket.end('good bye'));
      await toxic('slow_close', { delay: 60_000 });
      const client = await dial(listen);
      expect(await Promise.race([client.ended, sleep(300, 'nothing')])).toBe('nothing');
      await api('DELETE', '/proxies/t/toxics/slow_close');
      expect((await client.ended).how).toBe('fin');
    });
  });

  describe('timeout', () => {
    it('drops data and ends the connection after silence', async () => {
      const { listen, server } = await proxied();
      await toxic('timeout', { timeout: 300 });
      const client = await dial(listen);
      const peer = await server.next();
      for (let n = 0; n < 5; n += 1) {
        peer.socket.write('dropped');
        await sleep(100);
      }
      const { how, at } = await client.ended;
      expect(how).toBe('fin');
      expect(at).toBeGreaterThanOrEqual(695);
      expect(at).toBeLessThan(700 + 2 * LATE);
      expect(client.heard().length).toBe(0);
      expect((await peer.ended).how).toBe('fin');
    });

    it('never ends it at 0, but when it is taken away', async () => {
      const { listen, server } = await proxied();
      await toxic('timeout', { timeout: 0 });
      const client = await dial(listen);
      const peer = await server.next();
      peer.socket.write('dropped');
      expect(await Promise.race([client.ended, sleep(400, 'nothing')])).toBe('nothing');
      await api('DELETE', '/proxies/t/toxics/timeout');
      expect((await client.ended).how).toBe('fin');
      expect((await peer.ended).how).toBe('fin');
      expect(client.heard().length).toBe(0);
    });

    it('ends with the connection', async () => {
      const { listen } = await proxied(({ socket }) => void socket.end('dropped'));
      await toxic('timeout', { timeout: 0 });
      const client = await dial(listen);
      expect((await client.ended).how).toBe('fin');
      expect(client.heard().length).toBe(0);
    });

    it('lets the other direction through', async () => {
      const { listen, server } = await proxied();
      await toxic('timeout', { timeout: 0 });
      const client = await dial(listen);
      client.socket.write('heard');
      await (await server.next()).hears(5);
    });
  });

  describe('reset_peer', () => {
    it.each([0, 300])('resets connections that began while it was there, after %i ms', async (timeout) => {
      const { listen, server } = await proxied();
      await toxic('reset_peer', { timeout });
      const client = await dial(listen);
      const peer = await server.next();
      const began = performance.now();
      peer.socket.write('dropped');
      expect((await client.ended).how).toBe('rst');
      expect(performance.now() - began).toBeGreaterThanOrEqual(timeout - 2);
      expect((await peer.ended).how).toBe('rst');
      expect(client.heard().length).toBe(0);
    });

    it('resets both sides upstream, too', async () => {
      const { listen, server } = await proxied();
      await toxic('reset_peer', { timeout: 0 }, { stream: 'upstream' });
      const client = await dial(listen);
      const peer = await server.next();
      client.socket.write('dropped');
      expect([(await peer.ended).how, (await client.ended).how]).toEqual(['rst', 'rst']);
    });

    it('closes connections that are older', async () => {
      const { listen, server } = await proxied();
      const client = await dial(listen);
      const peer = await server.next();
      await echoless(client, peer);
      await toxic('reset_peer', { timeout: 0 });
      peer.socket.write('dropped');
      expect((await client.ended).how).toBe('fin');
    });
  });

  describe('limit_data', () => {
    it.each([
      [1, 1_000],
      [1_000, 1_000],
      [100_000, 300_000],
      [65_536, 65_537],
    ])('lets exactly %i bytes of %i through, then ends the connection', async (bytes, offered) => {
      const content = randomBytes(offered);
      const { listen, server } = await proxied();
      await toxic('limit_data', { bytes });
      const client = await dial(listen);
      (await server.next()).socket.write(content);
      expect((await client.ended).how).toBe('fin');
      expect(client.heard().equals(content.subarray(0, bytes))).toBe(true);
    });

    it('counts each connection by itself, over many pieces', async () => {
      const { listen, server } = await proxied();
      await toxic('limit_data', { bytes: 10 });
      for (let n = 0; n < 2; n += 1) {
        const client = await dial(listen);
        const peer = await server.next();
        for (let sent = 0; sent < 4; sent += 1) {
          if (!peer.socket.destroyed) peer.socket.write('abc');
          await sleep(20);
        }
        expect((await client.ended).how).toBe('fin');
        expect(client.heard().toString()).toBe('abcabcabca');
      }
    });

    it('lets nothing through at 0', async () => {
      const { listen, server } = await proxied();
      await toxic('limit_data', { bytes: 0 });
      const client = await dial(listen);
      const peer = await server.next();
      expect(await Promise.race([client.ended, sleep(200, 'nothing')])).toBe('nothing');
      peer.socket.write('x');
      expect((await client.ended).how).toBe('fin');
      expect(client.heard().length).toBe(0);
    });

    it('goes on counting when it is changed', async () => {
      const { listen, server } = await proxied();
      await toxic('limit_data', { bytes: 1_000 });
      const client = await dial(listen);
      const peer = await server.next();
      peer.socket.write('abcde');
      await client.hears(5);
      await api('PATCH', '/proxies/t/toxics/limit_data', { attributes: { bytes: 8 } });
      peer.socket.write('fghijk');
      expect((await client.ended).how).toBe('fin');
      expect(client.heard().toString()).toBe('abcdefgh');
    });
  });

  describe('toxicity', () => {
    /** How many of so many connections are ended by a toxic. */
    async function hit(connections: number, toxicity: number): Promise<number> {
      const { listen } = await proxied(echo);
      await toxic('limit_data', { bytes: 0 }, { toxicity });
      let ended = 0;
      for (let from = 0; from < connections; from += 50) {
        const clients = await Promise.all(Array.from({ length: 50 }, () => dial(listen)));
        const outcomes = clients.map(async (client) => {
          client.socket.write('x');
          return await Promise.race([client.ended.then(() => true), client.hears(1).then(() => false)]);
        });
        ended += (await Promise.all(outcomes)).filter(Boolean).length;
        for (const { socket } of clients) socket.destroy();
      }
      return ended;
    }

    it.each([
      [0, 0, 0],
      [1, 400, 400],
      // Five standard deviations on each side.
      [0.3, 74, 166],
      [0.5, 150, 250],
    ])('%f acts on its share of 400 connections', async (toxicity, least, most) => {
      const count = await hit(400, toxicity);
      expect(count).toBeGreaterThanOrEqual(least);
      expect(count).toBeLessThanOrEqual(most);
    });

    it('is drawn for the connection, not for each piece', async () => {
      const { listen } = await proxied(echo);
      await toxic('latency', { latency: 120 }, { toxicity: 0.5 });
      const clients = await Promise.all(Array.from({ length: 30 }, () => dial(listen)));
      const slow = await Promise.all(
        clients.map(async (client) => (await times(4, () => echoed(client))).filter((ms) => ms >= 119).length),
      );
      // A machine that is busy makes something slow now and then, but a slow connection is always slow.
      const always = slow.filter((count) => count === 4).length;
      expect(always).toBeGreaterThan(3);
      expect(always).toBeLessThan(27);
      expect(slow.filter((count) => count === 2).length).toBeLessThan(5);
    });

    it('is drawn again when a toxic is changed', async () => {
      const { listen } = await proxied(echo);
      await toxic('latency', { latency: 120 }, { toxicity: 0 });
      const client = await dial(listen);
      expect((await times(2, () => echoed(client)))[0]).toBeLessThan(60);
      await api('PATCH', '/proxies/t/toxics/latency', { toxicity: 1 });
      expect((await times(2, () => echoed(client)))[0]).toBeGreaterThanOrEqual(119);
    });
  });

  describe('several toxics', () => {
    it('add up', async () => {
      const { listen } = await proxied(echo);
      await toxic('latency', { latency: 100 });
      await toxic('latency', { latency: 100 }, { name: 'more' });
      await toxic('latency', { latency: 100 }, { name: 'there', stream: 'upstream' });
      const client = await dial(listen);
      const [least] = await times(3, () => echoed(client));
      expect(least).toBeGreaterThanOrEqual(298);
      expect(least).toBeLessThan(340);
    });

    // Latency counts from when a piece arrived, so that what bandwidth took is no further delay behind it.
    it.each([
      ['bandwidth before latency', ['bandwidth', 'latency'], 600, 750],
      ['latency before bandwidth', ['latency', 'bandwidth'], 1_000, 1_200],
    ] as const)('act in their order: %s', async (_, order, least, most) => {
      const { listen, server } = await proxied();
      const attributes = { bandwidth: { rate: 10 }, latency: { latency: 400 } };
      for (const type of order) await toxic(type, attributes[type]);
      const took = await times(2, async () => {
        const client = await dial(listen);
        const peer = await server.next();
        const began = performance.now();
        peer.socket.write(Buffer.alloc(6_000));
        await client.hears(6_000);
        return performance.now() - began;
      });
      expect(took[0]).toBeGreaterThanOrEqual(least - 12);
      expect(took[0]).toBeLessThan(most);
    });

    it('leave one after another, and lose nothing', async () => {
      const content = randomBytes(100_000);
      const { listen } = await proxied(({ socket }) => void socket.end(content));
      await toxic('slicer', { average_size: 500, size_variation: 100, delay: 1_000 });
      await toxic('bandwidth', { rate: 50 });
      await toxic('latency', { latency: 3_000 });
      const client = await dial(listen);
      await sleep(300);
      for (const type of ['bandwidth', 'latency', 'slicer']) {
        await api('DELETE', `/proxies/t/toxics/${type}`);
        await sleep(20);
      }
      expect((await client.ended).how).toBe('fin');
      expect(digest(client.heard())).toBe(digest(content));
    });

    it('come, change and go while data flows, and lose nothing', async () => {
      const content = randomBytes(30_000_000);
      const { listen } = await proxied(({ socket }) => void socket.end(content));
      const client = await dial(listen);
      for (let n = 0; n < 15; n += 1) {
        await toxic('latency', { latency: 20, jitter: 10 });
        await toxic('bandwidth', { rate: 100_000 });
        await api('PATCH', '/proxies/t/toxics/latency', { attributes: { latency: 5, jitter: 0 } });
        await toxic('slicer', { average_size: 20_000, size_variation: 5_000, delay: 10 });
        await api('DELETE', '/proxies/t/toxics/latency');
        await api('PATCH', '/proxies/t/toxics/bandwidth', { attributes: { rate: 200_000 } });
        await api('DELETE', '/proxies/t/toxics/slicer');
        await api('DELETE', '/proxies/t/toxics/bandwidth');
      }
      await client.hears(content.length);
      expect((await client.ended).how).toBe('fin');
      expect(digest(client.heard())).toBe(digest(content));
    });
  });

  it('reset takes everything away', async () => {
    const { listen } = await proxied(echo);
    await toxic('latency', { latency: 60_000 });
    const client = await dial(listen);
    client.socket.write('held');
    await sleep(200);
    await api('POST', '/reset');
    await client.hears(4);
    expect(await api('GET', '/proxies/t/toxics')).toEqual([]);
  });

  it('counts the bytes of connections that are over', async () => {
    const { listen, server } = await proxied();
    const client = await dial(listen);
    client.socket.write(Buffer.alloc(1_234));
    const peer = await server.next();
    await peer.hears(1_234);
    peer.socket.end(Buffer.alloc(56_789));
    await client.ended;
    client.socket.destroy();
    const row = (which: string, direction: string) =>
      `toxiproxy_proxy_${which}_bytes_total{direction="${direction}",listener="${listen}",proxy="t",upstream="${server.address}"}`;
    const rows = {
      [row('received', 'upstream')]: 1_234,
      [row('sent', 'upstream')]: 1_234,
      [row('received', 'downstream')]: 56_789,
      [row('sent', 'downstream')]: 56_789,
    };
    await eventually('everything is counted', async () => {
      const { body } = await ask(tested.url, 'GET', '/metrics');
      const values = new Map(
        body.split('\n').map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
      );
      return Object.entries(rows).every(([name, value]) => values.get(name) === value);
    });
  });
}

/** Says something from one end to the other, so that the connection is known to be there. */
async function echoless(client: TcpPeer, peer: TcpPeer): Promise<void> {
  client.socket.write('hello');
  await peer.hears(5);
}

function drained({ socket }: TcpPeer): Promise<void> {
  return new Promise((resolve) => socket.once('drain', () => resolve()));
}

function digest(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
