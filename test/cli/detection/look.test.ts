import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { conclude } from '../../../cli/detection/conclude.ts';
import { detectors } from '../../../cli/detection/detectors/index.ts';
import { lookAt } from '../../../cli/detection/look.ts';
import { webServer } from '../../support/web-server.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
const here = { loopbackOnly: true, insecureTls: false };
const looked = (url: string) => lookAt(url, detectors, here, new AbortController().signal);

test('a web server is asked a few questions, each once and one after the other', { timeout: 30_000 }, async () => {
  const asked: string[] = [];
  const server = await webServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers['sec-websocket-protocol'] ?? ''}`);
    response.writeHead(404).end();
  });
  closing.push(() => server.stop());
  const { finding } = conclude(await looked(server.url), '127.0.0.1', detectors);
  expect(finding).toBeUndefined();
  expect(asked[0]).toBe('GET / ');
  expect(asked.length).toBeLessThan(20);
  expect(new Set(asked).size).toBe(asked.length);
});

test('one that is not there is not asked again', { timeout: 30_000 }, async () => {
  const { evidence } = conclude(await looked('http://127.0.0.1:1'), '127.0.0.1', detectors);
  expect(evidence).toEqual([expect.stringMatching(/^it does not answer: .*ECONNREFUSED/)]);
});

test('one that takes everything and says nothing is not waited for', { timeout: 30_000 }, async () => {
  const silent = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  closing.push(() => silent.close());
  const { port } = silent.address() as { port: number };
  const began = performance.now();
  const { evidence } = conclude(await looked(`http://127.0.0.1:${port}`), '127.0.0.1', detectors);
  expect(evidence[0]).toMatch(/^it does not answer/);
  expect(performance.now() - began).toBeLessThan(15_000);
});
