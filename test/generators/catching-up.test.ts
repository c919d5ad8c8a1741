import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { constant, loaded, loginPlan, targetOf, total } from '../support/shards.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server on a thread of its own, which the generator's stall does not stop. */
const SERVER = `
const { createServer } = require('node:http');
const { parentPort } = require('node:worker_threads');
let connections = 0;
const server = createServer((_, answer) => answer.end('{}')).on('connection', () => (connections += 1));
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => parentPort.postMessage(server.address().port));
parentPort.on('message', () => parentPort.postMessage(connections));
`;

/** Keeps the loop from everything else. */
const stallUntil = (moment: number) => {
  while (performance.now() < moment) Math.sqrt(moment);
};

test('a generator that has fallen behind catches up over the connections it has', async () => {
  const server = new Worker(SERVER, { eval: true });
  closing.push(() => server.terminate());
  const [port] = await once(server, 'message');
  const url = `http://127.0.0.1:${port}/login`;
  const target = targetOf(async (io) => void (await io.http({ method: 'POST', url })));
  const stall = async () => {
    await sleep(300);
    stallUntil(performance.now() + 800);
  };
  const { bins } = await loaded(loginPlan(constant(1_000, 1_500), {}, { patience: 10_000 }), target, stall);
  expect(total(bins, ({ good }) => good)).toBe(1_500);
  server.postMessage('connections');
  const [connections] = await once(server, 'message');
  // 800 were due in the stall; started all at once they would have needed as many.
  expect(connections).toBeLessThan(500);
});

test('a load that ends while the generator is behind leaves nobody out', async () => {
  const plan = loginPlan(constant(1_000, 1_000));
  const stall = async () => {
    await sleep(200);
    stallUntil(performance.now() + 1_200);
  };
  const { bins, health } = await loaded(
    plan,
    targetOf(async () => {}),
    stall,
  );
  expect(total(bins, ({ offered }) => offered)).toBe(1_000);
  expect(total(health, ({ started }) => started)).toBe(1_000);
});
