import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { nodeWire } from '../../generators/transports/node.ts';
import type { Detours } from '../../generators/transports/wire.ts';
import { needed } from '../support/needed.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folder = temporaryFolders(undefined, afterAll);
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** Says what it was asked for: the Host header, and the name that TLS was asked for. */
function askedOf({ headers, socket }: IncomingMessage): string {
  return `${headers.host} ${(socket as TLSSocket).servername ?? 'without TLS'}`;
}

describe('connections to an address with a detour', () => {
  const servers: Server[] = [];
  /** Where the plain server and the one with TLS listen. */
  const way = { plain: { host: '127.0.0.1', port: 0 }, tls: { host: '127.0.0.1', port: 0 } };

  beforeAll(async () => {
    const answer = createServer((request, response) => response.end(askedOf(request)));
    way.plain.port = await listening(answer, servers);
    if (!hasOpenssl) return;
    const secure = createTlsServer(selfSigned(folder()), (request, response) => response.end(askedOf(request)));
    way.tls.port = await listening(secure, servers);
  });
  afterAll(() => {
    for (const server of servers) server.close();
  });

  /** What is answered to a request and to a WebSocket on the way there. */
  const asked = async (url: string, detours: Detours, insecureTls = true) => {
    const wire = nodeWire({ loopbackOnly: true, insecureTls, detours });
    const giveUpAt = performance.now() + 5_000;
    try {
      const http = await wire.http({ method: 'GET', url }, giveUpAt);
      const socket = await wire.websocket(url.replace(/^http/, 'ws'), {}, { giveUpAt });
      return [http.body, await socket.next()];
    } finally {
      wire.close();
    }
  };

  test('go there, and ask for what they would have asked for', async () => {
    const detours = { 'meet.invalid:8080': way.plain, 'meet.invalid:80': way.plain, '::1:8080': way.plain };
    for (const [url, host] of [
      ['http://meet.invalid:8080/x', 'meet.invalid:8080'],
      ['http://MEET.invalid:8080/x', 'meet.invalid:8080'],
      ['http://meet.invalid/', 'meet.invalid'],
      ['http://[::1]:8080/', '[::1]:8080'],
    ] as const) {
      const [http, socket] = await asked(url, detours);
      expect([http?.toLowerCase(), socket?.toLowerCase()]).toEqual([`${host} without tls`, `${host} without tls`]);
    }
  });

  test('keep the name that TLS is asked for, and trust nobody more than without', async (context) => {
    needed(hasOpenssl, 'openssl', context);
    const detours = { 'meet.invalid:443': way.tls, 'meet.invalid:8443': way.tls };
    const both = (said: string) => [said, said];
    expect(await asked('https://meet.invalid/', detours)).toEqual(both('meet.invalid meet.invalid'));
    expect(await asked('https://meet.invalid:8443/', detours)).toEqual(both('meet.invalid:8443 meet.invalid'));
    await expect(asked('https://meet.invalid/', detours, false)).rejects.toThrow(/self-signed|certificate/i);
  });

  test('with another port, host or name go the straight way', async () => {
    const { port } = way.plain;
    const elsewhere = { [`127.0.0.1:${port + 1}`]: { host: '127.0.0.1', port: 1 } };
    expect(await asked(`http://127.0.0.1:${port}/`, elsewhere)).toEqual([
      `127.0.0.1:${port} without TLS`,
      `127.0.0.1:${port} without TLS`,
    ]);
    const wrong = { [`127.0.0.1:${port}`]: { host: '127.0.0.1', port: 1 } };
    await expect(asked(`http://127.0.0.1:${port}/`, wrong)).rejects.toThrow('ECONNREFUSED');
  });
});

async function listening(server: ReturnType<typeof createServer>, servers: Server[]): Promise<number> {
  new WebSocketServer({ server }).on('connection', (socket, request) => socket.send(askedOf(request)));
  servers.push(server.listen(0, '127.0.0.1'));
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as AddressInfo).port;
}

function selfSigned(into: string): { key: Buffer; cert: Buffer } {
  const [key, cert] = [join(into, 'key'), join(into, 'cert')];
  const asked = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=meet.invalid', '-days', '2'];
  execFileSync('openssl', [...asked, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}
