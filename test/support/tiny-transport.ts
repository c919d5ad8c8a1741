import { Agent, request as ask } from 'undici';
import { WebSocket } from 'ws';
import { Failure } from '../../core/failure.ts';
import type { Socket, Transport } from '../../core/transport.ts';

/** A small real Transport over undici and ws; every call ends within the patience given, in milliseconds. */
export function tinyTransport(patience = 5_000): Transport & { close(): Promise<void> } {
  const dispatcher = new Agent();
  return {
    async http({ method, url, headers, body }) {
      try {
        const answer = await ask(url, {
          dispatcher,
          method,
          ...(headers && { headers }),
          ...(body !== undefined && { body }),
          signal: AbortSignal.timeout(patience),
        });
        const text = await answer.body.text();
        return { status: answer.statusCode, body: text, header: (name) => [answer.headers[name] ?? []].flat() };
      } catch (thrown) {
        throw new Failure('reset', thrown instanceof Error ? thrown.message : String(thrown));
      }
    },
    websocket(url, { headers, protocols } = {}) {
      return opened(new WebSocket(url, [...(protocols ?? [])], { ...(headers && { headers }) }), patience);
    },
    async binary() {
      throw new Error('nobody speaks bytes here');
    },
    close: () => dispatcher.destroy(),
  };
}

const HANDSHAKE: Readonly<Record<number, 'denied' | 'shed'>> = {
  401: 'denied',
  403: 'denied',
  429: 'shed',
  503: 'shed',
};

function opened(socket: WebSocket, patience: number): Promise<Socket> {
  const unread: string[] = [];
  let ended: Failure | undefined;
  let wake = () => {};
  socket.on('message', (data) => {
    unread.push(String(data));
    wake();
  });
  const end = (failure: Failure) => {
    ended ??= failure;
    wake();
  };
  socket.on('close', (code) => end(new Failure('reset', `closed by the target (${code})`)));
  const mailbox: Socket = {
    send: (text) => {
      if (ended) throw ended;
      socket.send(text);
    },
    async next() {
      if (unread.length === 0 && !ended)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(() => end(new Failure('timeout', 'no message in time')), patience);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      const message = unread.shift();
      if (message === undefined) throw ended ?? new Failure('reset', 'no message');
      return message;
    },
    ignore: () => {
      unread.length = 0;
    },
    follow(heard, ended) {
      for (const text of unread) heard(text);
      socket.on('message', (data) => heard(String(data)));
      socket.on('close', (code) => ended(`closed by the target (${code})`));
    },
    close: () => socket.close(),
  };
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(mailbox));
    socket.once('unexpected-response', (request, { statusCode = 0 }) => {
      request.destroy();
      reject(new Failure(HANDSHAKE[statusCode] ?? 'status', `handshake answered ${statusCode}`));
    });
    socket.on('error', (error) => {
      const failure = new Failure('protocol', error.message);
      end(failure);
      reject(failure);
    });
  });
}
