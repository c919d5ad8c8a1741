import type { Socket } from 'node:net';
import type { Counters, Labels } from './counters.ts';
import { Link } from './link.ts';
import type { Direction, Toxic } from './toxic.ts';

/** What a connection is made of: two open sockets, and what happens between them. */
export interface ConnectionParts {
  readonly client: Socket;
  readonly server: Socket;
  readonly toxics: Readonly<Record<Direction, readonly Toxic[]>>;
  readonly draws: (direction: Direction, toxic: Toxic) => () => number;
  readonly counters: Counters;
  readonly labels: Omit<Labels, 'direction'>;
}

/** A connection through a proxy: one link each way. The end of one way closes its destination, as in the real server. */
export interface Connection {
  readonly links: Readonly<Record<Direction, Link>>;
  /** Resolves when both sockets are closed. */
  readonly closed: Promise<void>;
  /** Closes both sockets at once. */
  abort(): void;
}

/** Joins two sockets. */
export function connected({ client, server, toxics, draws, counters, labels }: ConnectionParts): Connection {
  const resets = [...toxics.upstream, ...toxics.downstream].some(({ kind }) => kind.resets);
  const end = (socket: Socket) => {
    if (resets) socket.resetAndDestroy();
    else socket.destroy();
  };
  const link = (direction: Direction, source: Socket, dest: Socket) => {
    const bytes = () => ({ received: source.bytesRead, sent: dest.bytesWritten - dest.writableLength });
    const uncount = counters.open({ ...labels, direction }, bytes);
    dest.once('close', uncount);
    return new Link({
      ...{ source, dest, toxics: toxics[direction] },
      draws: (toxic) => draws(direction, toxic),
      finish: () => onceWritten(dest, () => end(dest)),
    });
  };
  const links = { upstream: link('upstream', client, server), downstream: link('downstream', server, client) };
  const closed = Promise.all([client, server].map(closeOf)).then(() => undefined);
  client.resume();
  server.resume();
  return {
    links,
    closed,
    abort() {
      for (const socket of [client, server]) if (!socket.destroyed) end(socket);
    },
  };
}

const NOTHING = Buffer.alloc(0);

/** Does something when all that was written has gone to the kernel. */
function onceWritten(socket: Socket, then: () => void): void {
  if (socket.destroyed) return;
  if (socket.writableLength === 0) then();
  else socket.write(NOTHING, () => then());
}

function closeOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once('close', () => resolve());
  });
}
