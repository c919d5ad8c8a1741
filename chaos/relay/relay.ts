import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Deferred, deferred } from '../../core/deferred.ts';
import { Mistakes } from '../../core/mistake.ts';
import { settlesWithin } from '../../core/within.ts';
import { parsedAddress } from './address.ts';
import type { Answers, Ask, Counters, Does, Reply, Request } from './order.ts';
import { mistakesIn, type Shapes } from './shape.ts';

/**
 * A relay at work: a process that stands in front of UDP upstreams, passes on what clients send to it and what comes back,
 * and impairs that path by path. It ends with this process, however that ends. All calls reject when it is gone.
 */
export interface Relay {
  readonly pid: number;
  /** Resolves when it has ended, with how. */
  readonly ended: Promise<string>;
  /** Listens for the clients of an upstream (`host:port`); resolves with the `host:port` they have to send to. */
  open(upstream: string, options?: OpenOptions): Promise<string>;
  /** Listens there no more, and forgets the clients; what waits for them is dropped, and counted. */
  shut(listen: string): Promise<void>;
  /**
   * Puts an impairment in place on a path, or changes the one of that name; several of one path add up. It is gone `ttl`
   * milliseconds after it was last renewed. Throws Mistakes when it cannot be meant.
   */
  impair(path: string, name: string, shapes: Shapes, ttl?: number): Promise<void>;
  /** Gives it its whole time again; rejects when it is gone already. */
  renew(path: string, name: string): Promise<void>;
  /** Takes it out: what it holds back goes on at once, in order. Whether it was still there. */
  lift(path: string, name: string): Promise<boolean>;
  counters(): Promise<Counters>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** The path it belongs to; `default` when left out. */
  readonly path?: string;
  /** Where to listen; on a free port of 127.0.0.1 when left out. */
  readonly listen?: string;
  /** After so long a silence a client is forgotten, in milliseconds; two minutes, as RFC 4787 asks of NATs. */
  readonly idle?: number;
  /** Counts what passes as probes, apart from the path's traffic. */
  readonly isProbe?: boolean;
}

/** How long an impairment stays that nobody renews, in milliseconds. */
export const TIME_TO_LIVE = 5_000;

const IDLE = 120_000;
/** How long it may take to answer, and to end when it is told to; milliseconds. */
const ANSWERS_WITHIN = 10_000;
const ENDS_WITHIN = 2_000;

/** Node runs the built program only; from the sources it is where the build puts it. */
const PROGRAM = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/chaos/relay/main.js' : 'main.js', import.meta.url),
);

/** Starts a relay; its chances are drawn from the seed. Rejects when the process cannot be started. */
export async function startRelay({ seed }: { readonly seed: number }): Promise<Relay> {
  // In a session of its own, which Ctrl-C in a terminal does not reach; and with nothing of this process' environment.
  const child = spawn(process.execPath, [PROGRAM, String(seed)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { PATH: process.env.PATH },
    cwd: '/',
  });
  const ended = once(child, 'exit').then(([code, signal]) =>
    signal ? `was ended by ${signal}` : `ended with ${code}`,
  );
  ended.catch(() => undefined);
  await once(child, 'spawn');
  const asked = asking(child, ended);
  return {
    pid: child.pid ?? 0,
    ended,
    open(upstream, { path = 'default', listen = '127.0.0.1:0', idle = IDLE, isProbe = false } = {}) {
      refuseUnreadable({ upstream, listen });
      return asked({ does: 'open', upstream, listen, path, idle, isProbe });
    },
    shut: async (listen) => void (await asked({ does: 'shut', listen })),
    async impair(path, name, shapes, ttl = TIME_TO_LIVE) {
      const mistakes = mistakesIn(shapes, name);
      if (mistakes.length > 0) throw new Mistakes(mistakes);
      await asked({ does: 'impair', path, name, shapes, ttl });
    },
    async renew(path, name) {
      if (!(await asked({ does: 'renew', path, name }))) throw new Error(`${name} on path ${path} had ended by itself`);
    },
    lift: (path, name) => asked({ does: 'lift', path, name }),
    counters: () => asked({ does: 'counters' }),
    async close() {
      if (child.connected) child.disconnect();
      if (!(await settlesWithin(ENDS_WITHIN, ended))) child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Asks the process, and hands back its answers. */
function asking(child: ChildProcess, ended: Promise<string>) {
  const open = new Map<number, Deferred<Answers[Does]>>();
  let last = 0;
  child.on('message', (reply: Reply) => {
    if ('answer' in reply) open.get(reply.id)?.resolve(reply.answer);
    else open.get(reply.id)?.reject(new Error(reply.failed));
  });
  // Writing to a process that has ended is no news: its end is.
  child.on('error', () => undefined);
  void ended.then((how) => {
    for (const one of open.values()) one.reject(new Error(`the relay ${how}`));
  });
  return async <A extends Ask>(ask: A): Promise<Answers[A['does']]> => {
    if (!child.connected) throw new Error(`the relay ${await ended}`);
    last += 1;
    const id = last;
    const answer = deferred<Answers[Does]>();
    open.set(id, answer);
    child.send({ id, ask } satisfies Request, () => undefined);
    const late = setTimeout(() => answer.reject(new Error('the relay does not answer')), ANSWERS_WITHIN);
    try {
      return (await answer.promise) as Answers[A['does']];
    } finally {
      clearTimeout(late);
      open.delete(id);
    }
  };
}

function refuseUnreadable(addresses: Readonly<Record<string, string>>): void {
  const mistakes = Object.entries(addresses)
    .filter(([, text]) => !parsedAddress(text))
    .map(([where, text]) => ({ where, what: `"${text}" is not an address`, mend: 'host:port' }));
  if (mistakes.length > 0) throw new Mistakes(mistakes);
}
