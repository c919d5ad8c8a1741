import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isWelcome } from '../toxiproxy/hosts.ts';
import { type Answer, answerTo, refused } from './api.ts';
import { type Forwarder, forwarderOf } from './forwarder.ts';

/** Starts a relay that listens for no client yet; resolves with the URL of its control API, on the loopback. */
export async function startServer(seed: number): Promise<string> {
  const forwarder = forwarderOf(seed);
  const server = createServer((request, response) => void answered(request, response, forwarder));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function answered(request: IncomingMessage, response: ServerResponse, forwarder: Forwarder): Promise<void> {
  const answer = isWelcome(request.headers.host, [])
    ? await answerTo(request, forwarder).catch((error: Error): Answer => refused(500, error.message))
    : refused(403, 'host not allowed');
  if (response.destroyed) return;
  response.writeHead(answer.status, answer.body && { 'content-type': 'application/json' });
  response.end(answer.body && JSON.stringify(answer.body));
}
