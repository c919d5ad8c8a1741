import { readdirSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedToxiproxy, startEmbedded } from '../../../chaos/toxiproxy/embedded.ts';
import { sequence } from '../../../core/random.ts';
import { eventually } from '../../support/prometheus.ts';
import { isAlive } from '../../support/remains.ts';
import { dialed, tcpServer } from '../../support/tcp-peer.ts';
import { ask, emptied } from '../../support/toxiproxy.ts';
import { api, proxyTo } from '../../support/toxiproxy-api.ts';
import { EFFORT, someRequest } from '../../support/toxiproxy-fuzz.ts';

const MINUTES = 60_000;

describe('the embedded Toxiproxy under fire', () => {
  let toxiproxy: EmbeddedToxiproxy;
  const log: string[] = [];
  beforeEach(async () => {
    log.splice(0);
    toxiproxy = await startEmbedded({ seed: 1, log: (line) => log.push(line) });
  });
  afterEach(async () => {
    await toxiproxy.stop();
  });

  /** It lives, answers, knows of no mistake of its own, and holds no more memory than it should. */
  async function isWell(mebibytes: number): Promise<void> {
    expect(isAlive(toxiproxy.pid)).toBe(true);
    expect((await ask(toxiproxy.url, 'GET', '/version')).status).toBe(200);
    expect(log.filter((line) => line.includes('failed'))).toEqual([]);
    expect(memoryOf(toxiproxy.pid)).toBeLessThan(mebibytes);
  }

  it('answers every request', { timeout: 2 * MINUTES * EFFORT }, async () => {
    for (let seed = 0; seed < 3_000 * EFFORT; seed += 1) {
      const { method, path, body } = someRequest(sequence(seed));
      const answer = await ask(toxiproxy.url, method, path, body);
      if (![200, 201, 204, 301, 400, 404, 405, 409, 500].includes(answer.status))
        throw new Error(`seed ${seed}: ${method} ${path} ${body} is answered with ${answer.status}: ${answer.body}`);
      if (answer.status === 500 && !/listen|bind|lookup|address/.test(answer.body))
        throw new Error(`seed ${seed}: ${answer.body}`);
      if (seed % 500 === 499) await emptied({ ...toxiproxy, name: 'ours' });
    }
    await isWell(300);
  });

  it('outlives whatever is said to its API', { timeout: 2 * MINUTES * EFFORT }, async () => {
    const { hostname, port } = new URL(toxiproxy.url);
    const lines = [
      'GET ',
      'POST ',
      '/proxies',
      ' HTTP/1.1\r\n',
      'Host: localhost\r\n',
      'Content-Length: 5\r\n',
      '\r\n',
      '{}',
      'Transfer-Encoding: chunked\r\n',
      '5\r\n',
      'Expect: 100-continue\r\n',
      'Upgrade: websocket\r\nConnection: upgrade\r\n',
      'CONNECT a:1 HTTP/1.1\r\n\r\n',
    ];
    for (let seed = 0; seed < 400 * EFFORT; seed += 1) {
      const draw = sequence(seed);
      const socket = connect(Number(port), hostname).on('error', () => {});
      for (let n = Math.floor(draw() * 8); n >= 0; n -= 1)
        socket.write(draw() < 0.7 ? (lines[Math.floor(draw() * lines.length)] ?? '') : rubbish(draw));
      const end = [() => socket.end(), () => socket.destroy(), () => socket.resetAndDestroy()][Math.floor(draw() * 3)];
      await sleep(draw() < 0.1 ? 5 : 0);
      end?.();
    }
    await isWell(300);
  });

  it('loses neither bytes nor connections while toxics come and go', { timeout: 3 * MINUTES * EFFORT }, async () => {
    const server = await tcpServer(({ socket }) => void socket.pipe(socket));
    for (let round = 0; round < 4 * EFFORT; round += 1) {
      const draw = sequence(round);
      const listen = await proxyTo(toxiproxy, server.address);
      const talks = Array.from({ length: 12 }, (_, n) => talk(listen, sequence(1_000 * round + n)));
      const harmless = ['latency', 'bandwidth', 'slicer', 'slow_close', 'noop'];
      for (let n = 0; n < 60; n += 1) await disturb(draw, harmless);
      await api(toxiproxy, 'POST', '/reset');
      await Promise.all(talks);
      await api(toxiproxy, 'DELETE', '/proxies/t');
      expect(await api(toxiproxy, 'GET', '/proxies')).toEqual({});
    }
    await server.stop();
    await isWell(500);
  });

  it('keeps nothing of connections that end in whatever way', { timeout: 3 * MINUTES * EFFORT }, async () => {
    const server = await tcpServer(({ socket }) => {
      socket.on('error', () => {});
      socket.on('data', (data) => void socket.write(data));
      socket.on('end', () => socket.end());
    });
    const listen = await proxyTo(toxiproxy, server.address);
    const before = descriptorsOf(toxiproxy.pid);
    for (let round = 0; round < 4 * EFFORT; round += 1) {
      const draw = sequence(10_000 + round);
      const sockets = Array.from({ length: 60 }, () => behave(listen, draw));
      const every = ['latency', 'bandwidth', 'slicer', 'slow_close', 'noop', 'timeout', 'reset_peer', 'limit_data'];
      for (let n = 0; n < 60; n += 1) await disturb(draw, every);
      for (const socket of sockets) draw() < 0.5 ? socket.destroy() : socket.resetAndDestroy();
      await api(toxiproxy, 'POST', '/reset');
    }
    await eventually('every connection is closed', () => descriptorsOf(toxiproxy.pid) <= before + 2);
    await server.stop();
    await isWell(500);
  });

  /** Adds, changes or removes a toxic; what is refused is refused. */
  async function disturb(draw: () => number, types: readonly string[]): Promise<void> {
    const type = types[Math.floor(draw() * types.length)] ?? 'noop';
    const stream = draw() < 0.5 ? 'upstream' : 'downstream';
    const attributes = {
      ...{
        latency: Math.floor(draw() * 30),
        jitter: Math.floor(draw() * 30),
        rate: 2_000 + Math.floor(draw() * 50_000),
      },
      ...{
        average_size: 500 + Math.floor(draw() * 5_000),
        size_variation: Math.floor(draw() * 500),
        bytes: Math.floor(draw() * 200_000),
      },
      ...{ timeout: Math.floor(draw() * 50), delay: Math.floor(draw() * 50) },
    };
    const path = `/proxies/t/toxics/${type}_${stream}`;
    const body = JSON.stringify({
      type,
      stream,
      attributes,
      toxicity: draw(),
      ...(draw() < 0.3 && { ttl: 1 + Math.floor(draw() * 100) }),
    });
    const choice = draw();
    if (choice < 0.5) await ask(toxiproxy.url, 'POST', '/proxies/t/toxics', body);
    else if (choice < 0.7) await ask(toxiproxy.url, 'PATCH', path, body);
    else await ask(toxiproxy.url, 'DELETE', path);
    if (draw() < 0.3) await sleep(5);
  }
});

/** Says a lot through an echo, and hears all of it. */
async function talk(listen: string, draw: () => number): Promise<void> {
  const client = await dialed(listen);
  const said: Buffer[] = [];
  for (let n = 0; n < 12; n += 1) {
    const piece = Buffer.alloc(1 + Math.floor(draw() * 100_000), Math.floor(draw() * 256));
    said.push(piece);
    client.socket.write(piece);
    await sleep(draw() * 10);
  }
  const all = Buffer.concat(said);
  await client.hears(all.length);
  expect(client.heard().equals(all)).toBe(true);
  client.socket.destroy();
}

/** A client that does anything at all. */
function behave(listen: string, draw: () => number): Socket {
  const { hostname, port } = new URL(`tcp://${listen}`);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: draw() < 0.5 }).on('error', () => {});
  if (draw() < 0.7) socket.resume();
  for (let n = Math.floor(draw() * 4); n >= 0; n -= 1) socket.write(Buffer.alloc(Math.floor(draw() * 300_000)));
  const choice = draw();
  if (choice < 0.3) socket.end();
  else if (choice < 0.5) setTimeout(() => socket.destroy(), draw() * 50);
  else if (choice < 0.7) setTimeout(() => socket.resetAndDestroy(), draw() * 50);
  return socket;
}

function rubbish(draw: () => number): Buffer {
  return Buffer.from(Array.from({ length: Math.floor(draw() * 300) }, () => Math.floor(draw() * 256)));
}

/** Resident memory in mebibytes. */
function memoryOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
}

function descriptorsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}
