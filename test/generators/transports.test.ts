import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { deferred } from '../../core/deferred.ts';
import { Failure } from '../../core/failure.ts';
import { nodeWire, PatientTransport } from '../../generators/transports/node.ts';
import { isLoopback } from '../../generators/transports/reach.ts';
import type { Wire } from '../../generators/transports/wire.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function serving(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

function patient(ms = 2_000): { io: PatientTransport; wire: Wire } {
  const wire = nodeWire({ loopbackOnly: true, insecureTls: false });
  closing.push(() => wire.close());
  const io = new PatientTransport(wire);
  io.giveUpAt = performance.now() + ms;
  return { io, wire };
}

const failureOf = async (work: Promise<unknown>) => {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(Failure);
  return thrown as Failure;
};

test('an answer comes back with its status, headers in any case, and its text', async () => {
  const { url } = await serving((request, answer) => {
    answer.writeHead(201, { 'X-Seen': request.headers['x-sent'], 'Set-Cookie': ['a=1', 'b=2'] });
    request.pipe(answer);
  });
  const { io } = patient();
  const answer = await io.http({
    method: 'POST',
    url: `${url}/echo?x=1`,
    headers: { 'x-sent': 'yes' },
    body: 'grüß dich',
  });
  expect([answer.status, answer.body]).toEqual([201, 'grüß dich']);
  expect([answer.header('x-seen'), answer.header('set-cookie'), answer.header('no')]).toEqual([
    ['yes'],
    ['a=1', 'b=2'],
    [],
  ]);
});

test('connections are kept and used again', async () => {
  let connections = 0;
  const { url, server } = await serving((_, answer) => answer.end('ok'));
  server.on('connection', () => {
    connections += 1;
  });
  const { io } = patient();
  for (let i = 0; i < 20; i += 1) await io.http({ method: 'GET', url });
  expect(connections).toBe(1);
});

test('giving up closes the connection, so that the target can see that nobody waits', async () => {
  const noticed = deferred<void>();
  const { url } = await serving((request) => request.socket.on('close', () => noticed.resolve()));
  const failure = await failureOf(patient(100).io.http({ method: 'GET', url: `${url}/slow?secret=1` }));
  expect([failure.kind, failure.message]).toEqual(['timeout', 'GET /slow: no answer in time']);
  await noticed.promise;
});

test('every way of not answering has its own name', async () => {
  const broken = await serving((request) => request.socket.destroy());
  const chatter = createTcpServer((socket) => socket.end('no HTTP at all\r\n\r\n')).listen(0, '127.0.0.1');
  await once(chatter, 'listening');
  closing.push(() => chatter.close());
  const closed = createTcpServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as AddressInfo;
  closed.close();
  const { io } = patient();
  const kindOf = async (url: string) => (await failureOf(io.http({ method: 'GET', url }))).kind;
  expect(await kindOf(broken.url)).toBe('reset');
  expect(await kindOf(`http://127.0.0.1:${(chatter.address() as AddressInfo).port}`)).toBe('protocol');
  expect(await kindOf(`http://127.0.0.1:${port}`)).toBe('refused');
});

test('a request is waited for no longer than it says, however patient its person is', async () => {
  const { url } = await serving(() => {});
  const began = performance.now();
  const { io } = patient(10_000);
  expect((await failureOf(io.http({ method: 'GET', url, within: 200 }))).kind).toBe('timeout');
  expect(performance.now() - began).toBeLessThan(5_000);
  const { io: hasty } = patient(200);
  expect((await failureOf(hasty.http({ method: 'GET', url, within: 60_000 }))).kind).toBe('timeout');
});

test('an endless answer is cut off, not stored', async () => {
  const { url } = await serving((_, answer) => {
    const chunk = Buffer.alloc(256 * 1024, 'x');
    const more = () => answer.write(chunk) && !answer.destroyed && setImmediate(more);
    answer.on('drain', more).on('error', () => {});
    more();
  });
  expect((await failureOf(patient(10_000).io.http({ method: 'GET', url }))).kind).toBe('protocol');
});

test('a transport that was told to stay on this machine does not leave it', async () => {
  const { io } = patient();
  // A name is looked up when it is connected to; here the hosts file or the resolver would have to lead elsewhere.
  for (const address of ['127.0.0.1', '127.8.9.1', '::1']) expect(isLoopback(address)).toBe(true);
  for (const address of ['10.0.0.1', '8.8.8.8', '::', 'fe80::1', '::ffff:8.8.8.8'])
    expect(isLoopback(address)).toBe(false);
  expect((await failureOf(io.http({ method: 'GET', url: 'http://no-such-host.invalid/' }))).kind).toBe('unreachable');
});

test('WebSocket messages are read in order, those that came before anybody asked too', async () => {
  const { url, server } = await serving((_, answer) => answer.end());
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    socket.send('hello');
    socket.on('message', (text) => socket.send(`you said ${text}`));
  });
  const { io, wire } = patient();
  const socket = await io.websocket(`${url}/signal`);
  socket.send('a');
  socket.send('b');
  expect([await socket.next(), await socket.next(), await socket.next()]).toEqual([
    'hello',
    'you said a',
    'you said b',
  ]);
  expect(wire.sockets).toBe(1);
  socket.close();
  expect((await failureOf(socket.next())).kind).toBe('reset');
});

test('whoever follows a WebSocket hears all of it, its end too, and whoever waits still gets the next', async () => {
  const { url, server } = await serving((_, answer) => answer.end());
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.send('hello');
    socket.on('message', (text) => {
      if (String(text) === 'end') socket.close(4_000);
      else for (let i = 0; i < 20_000; i += 1) socket.send(`${text} ${i}`);
    });
  });
  const { io } = patient(10_000);
  const socket = await io.websocket(url);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const heard: string[] = [];
  const ended = new Promise<string>((resolve) => socket.follow((text) => void heard.push(text), resolve));
  expect(heard).toEqual(['hello']);
  expect(await socket.next()).toBe('hello');
  const next = socket.next();
  socket.send('news');
  expect(await next).toBe('news 0');
  socket.send('end');
  expect(await ended).toBe('WebSocket: closed by the target (4000)');
  // More than anybody would have to keep for whoever waits.
  expect(heard).toHaveLength(20_001);
  const late: string[] = [];
  socket.follow(
    (text) => void late.push(text),
    (why) => void late.push(why),
  );
  expect(late).toHaveLength(101);
  expect(late.at(-1)).toBe('WebSocket: closed by the target (4000)');
});

test('a WebSocket that is refused says so in the words of HTTP', async () => {
  const { url, server } = await serving((_, answer) => answer.end());
  const answers: Record<string, string> = {
    '/denied': '403 Forbidden\r\n',
    '/shed': '503 Service Unavailable\r\nRetry-After: 3\r\n',
    '/odd': '418 I am a teapot\r\n',
  };
  server.on('upgrade', (request, socket) => socket.end(`HTTP/1.1 ${answers[request.url ?? '']}\r\n`));
  const { io } = patient();
  const failures = await Promise.all(Object.keys(answers).map((path) => failureOf(io.websocket(url + path))));
  expect(failures.map(({ kind, retryAfter }) => [kind, retryAfter])).toEqual([
    ['denied', undefined],
    ['shed', 3_000],
    ['status', undefined],
  ]);
});

test('a silent WebSocket ends with the patience of who waits', async () => {
  const { url, server } = await serving((_, answer) => answer.end());
  new WebSocketServer({ server });
  const { io } = patient(300);
  const socket = await io.websocket(url);
  expect((await failureOf(socket.next())).kind).toBe('timeout');
});

test('a WebSocket that floods is cut off', async () => {
  const { url, server } = await serving((_, answer) => answer.end());
  new WebSocketServer({ server }).on('connection', (socket) => {
    for (let i = 0; i < 20_000; i += 1) socket.send('x');
  });
  const { io } = patient(10_000);
  const socket = await io.websocket(url);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  for (let i = 0; i < 10_000; i += 1) await socket.next();
  expect(
    (
      await failureOf(
        (async () => {
          for (;;) await socket.next();
        })(),
      )
    ).kind,
  ).toBe('protocol');
});
