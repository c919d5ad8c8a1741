import { connect } from 'node:net';
import { beforeAll, expect, test } from 'vitest';
import type { RunningReference } from '../../../targets/reference/start.ts';
import {
  ask,
  describeWithReference,
  eventually,
  metric,
  PATIENCE,
  startForTest,
  tokenOf,
} from '../../support/reference.ts';

describeWithReference('the reference target under malformed input', () => {
  let reference: RunningReference;
  beforeAll(async () => {
    reference = await startForTest('2020');
  }, PATIENCE);

  const post = (path: string, body: string, token?: string) =>
    ask(`${reference.url}${path}`, { method: 'POST', body, token });

  test.each([
    ['no JSON', 'hello'],
    ['an empty body', ''],
    ['no object', '["a"]'],
    ['nothing', 'null'],
    ['no password', '{"email":"a@b"}'],
    ['a password that is no text', '{"email":"a@b","password":7}'],
    ['an email PostgreSQL could not hold', '{"email":"a\\u0000b","password":"x"}'],
    ['an email of 2,000 characters', JSON.stringify({ email: 'a'.repeat(2_000), password: 'x' })],
  ])('a login with %s is answered 400', async (_, body) => {
    expect(await post('/v1/login', body)).toMatchObject({ status: 400, body: { error: 'malformed' } });
  });

  test('a meeting without a name is answered 400', async () => {
    const token = await tokenOf(reference);
    expect((await post('/v1/meetings', '{}', token)).status).toBe(400);
    expect((await post('/v1/meetings', '{"name":""}', token)).status).toBe(400);
  });

  test('a body beyond 16 KiB is answered 413', async () => {
    const body = JSON.stringify({ email: 'a@b', password: 'x'.repeat(17_000) });
    expect(await post('/v1/login', body)).toMatchObject({ status: 413, body: { error: 'too-large' } });
  });

  test('unknown paths are answered 404 and wrong methods 405, with the right one', async () => {
    for (const path of ['/v1', '/v1/login/', '/v2/login', '/v1/meetings/a/b', '/v1/meetings/%00', '//', '/metrics2'])
      expect((await ask(`${reference.url}${path}`)).status, path).toBe(404);
    const { status, headers } = await ask(`${reference.url}/v1/login`);
    expect([status, headers.get('allow')]).toEqual([405, 'POST']);
    expect((await ask(`${reference.url}/metrics`, { method: 'DELETE' })).headers.get('allow')).toBe('GET');
  });

  test.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['a bad header', 'GET / HTTP/1.1\r\nhost\r\n\r\n'],
    ['an asterisk for a path', 'OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n'],
    ['an absolute path', 'GET http://elsewhere/v1/about HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'],
    ['a body cut off', 'POST /v1/login HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"email":'],
    ['an upgrade to nowhere', 'GET /x HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'],
    [
      'an upgrade without a key',
      'GET /v1/meetings/a/signal HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
    ],
    [
      'an upgrade to another protocol',
      'GET /v1/about HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n',
    ],
    ['a connect', 'CONNECT elsewhere:80 HTTP/1.1\r\nhost: x\r\n\r\n'],
    ['headers of 100 KB', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`],
    ['bytes of all kinds', Buffer.from(Array.from({ length: 2_000 }, (_, i) => (i * 37) % 256))],
  ])('%s on the wire does not end the gateway', async (_, bytes) => {
    await sent(reference, bytes);
    expect((await ask(`${reference.url}/healthz`)).status).toBe(200);
  });

  test('people who leave in the middle of anything leave no request behind', async () => {
    await eventually(async () => (await metric(reference, 'reference_http_requests_active')) === 1);
  });
});

/** Sends bytes, waits for what comes back or a moment, and breaks the connection. */
function sent({ url }: RunningReference, bytes: string | Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
    const end = () => {
      socket.resetAndDestroy();
      resolve();
    };
    socket.on('error', end);
    socket.once('data', end);
    socket.once('close', () => resolve());
    setTimeout(end, 300);
  });
}
