import { connect, createServer, type Server, type Socket } from 'node:net';
import { type Address, addressText, listenMishap, readAddress, resolveAddress } from './address.ts';
import { Chain } from './chain.ts';
import { type Connection, connected } from './connection.ts';
import type { Ground } from './ground.ts';
import { quoted } from './json/text.ts';
import { Lifetime } from './lifetime.ts';
import { type Direction, type Toxic, toxicJson } from './toxic.ts';

/** What a proxy is told to be. */
export interface ProxySettings {
  readonly name: string;
  /** `host:port`; once it listens, the address it has. */
  readonly listen: string;
  readonly upstream: string;
  readonly enabled: boolean;
  /** How long it may stay disabled, in milliseconds; 0 for without end, undefined when nothing was said. */
  readonly ttl: number | undefined;
}

/** Connections that may wait to be accepted. */
const BACKLOG = 4_096;

/** As Go sets up every connection; small writes go out at once, so that the pieces of a slicer stay pieces. */
const SOCKET = { allowHalfOpen: true, noDelay: true, keepAlive: true, keepAliveInitialDelay: 15_000 } as const;

/** How long after a failed try a proxy whose time is up is enabled again, in milliseconds. */
const RETRY = 1_000;

/** A listener that joins each client to a new connection upstream, through the toxics of the proxy. */
export class ToxicProxy {
  readonly name: string;
  readonly chain = new Chain();
  readonly lifetime: Lifetime;
  readonly #ground: Ground;
  readonly #connections = new Set<Connection>();
  readonly #opening = new Set<{ readonly client: Socket; readonly server: Socket }>();
  #listen: string;
  #upstream: string;
  #server: Server | undefined;
  /** Connections so far; what is drawn for one follows from its number. */
  #count = 0;
  #unreachable = false;

  /** Not enabled yet: `start` does that. */
  constructor({ name, listen, upstream }: Pick<ProxySettings, 'name' | 'listen' | 'upstream'>, ground: Ground) {
    this.name = name;
    this.#listen = listen;
    this.#upstream = upstream;
    this.#ground = ground;
    this.lifetime = new Lifetime(() => void this.#resume());
  }

  get enabled(): boolean {
    return this.#server !== undefined;
  }

  get settings(): ProxySettings {
    const { name, enabled } = this;
    return { name, enabled, listen: this.#listen, upstream: this.#upstream, ttl: undefined };
  }

  /** Begins to listen; does nothing when it does already. Throws AddressError, or Error when nothing can listen there. */
  async start(): Promise<void> {
    if (this.#server) return;
    let address: Address;
    try {
      address = await resolveAddress(this.#listen);
    } catch (error) {
      throw new Error(`listen tcp: ${(error as Error).message}`);
    }
    const { server, listen } = await listening(address, (client) => this.#accept(client));
    this.#server = server;
    this.#listen = listen;
    this.lifetime.set(0);
  }

  /** Stops listening and closes every connection; toxics stay. */
  stop(): void {
    this.#server?.close();
    this.#server = undefined;
    for (const { client, server } of this.#opening) {
      server.destroy();
      if (this.chain.resets) client.resetAndDestroy();
      else client.destroy();
    }
    for (const connection of this.#connections) connection.abort();
  }

  /** Whether another listener or another upstream is wanted; throws AddressError when the listener cannot be. */
  async differs({ listen, upstream }: Pick<ProxySettings, 'listen' | 'upstream'>): Promise<boolean> {
    return addressText(await resolveAddress(listen)) !== this.#listen || upstream !== this.#upstream;
  }

  /** Becomes what is wanted. Throws like start; what came before the mishap stays done. */
  async update(wanted: ProxySettings): Promise<void> {
    if (await this.differs(wanted)) {
      this.stop();
      this.#listen = wanted.listen;
      this.#upstream = wanted.upstream;
    }
    if (wanted.enabled) await this.start();
    else {
      this.stop();
      if (wanted.ttl !== undefined) this.lifetime.set(wanted.ttl);
    }
  }

  json(): string {
    const { name, listen, upstream, enabled } = this.settings;
    const toxics = this.chain.list().map(toxicJson);
    return `{"name":${quoted(name)},"listen":${quoted(listen)},"upstream":${quoted(upstream)},"enabled":${enabled}${this.lifetime.json()},"toxics":[${toxics}]}`;
  }

  #accept(client: Socket): void {
    client.on('error', ignore);
    let server: Socket;
    try {
      server = connect({ ...SOCKET, ...readAddress(this.#upstream) });
    } catch (error) {
      this.#unanswered((error as Error).message);
      client.destroy();
      return;
    }
    this.#count += 1;
    const number = this.#count;
    const pair = { client, server };
    const failed = (error: Error) => this.#unanswered(error.message);
    const closed = () => {
      this.#opening.delete(pair);
      client.destroy();
    };
    this.#opening.add(pair);
    server.on('error', failed).on('close', closed);
    server.once('connect', () => {
      this.#opening.delete(pair);
      server.off('error', failed).off('close', closed).on('error', ignore);
      this.#unreachable = false;
      this.#join(number, client, server);
    });
  }

  #join(number: number, client: Socket, server: Socket): void {
    const place = `${this.name}/${number}`;
    let begun = 0;
    const draws = (direction: Direction, { name }: Toxic) => {
      begun += 1;
      return this.#ground.draws(`${place}/${direction}/${name}/${begun}`);
    };
    const { counters } = this.#ground;
    const labels = { proxy: this.name, listener: this.#listen, upstream: this.#upstream };
    const connection = connected({ client, server, toxics: this.chain.now(), draws, counters, labels });
    const leave = this.chain.join(connection.links);
    this.#connections.add(connection);
    void connection.closed.then(() => {
      this.#connections.delete(connection);
      leave();
    });
  }

  /** Tells the first of a row of failures. */
  #unanswered(why: string): void {
    if (!this.#unreachable) this.#ground.log(`proxy ${this.name}: no connection to ${this.#upstream}: ${why}`);
    this.#unreachable = true;
  }

  /** Enables the proxy again when the time is up, and does not give up before it could or somebody said otherwise. */
  async #resume(): Promise<void> {
    const { turns, log } = this.#ground;
    await turns.take(this.name, async () => {
      if (!this.lifetime.expired) return;
      try {
        await this.start();
        log(`proxy ${this.name}: its time is up, it is enabled again`);
      } catch (error) {
        log(`proxy ${this.name}: its time is up, but it cannot be enabled: ${(error as Error).message}`);
        this.lifetime.set(RETRY);
      }
    });
  }
}

function listening(address: Address, accept: (client: Socket) => void): Promise<{ server: Server; listen: string }> {
  const server = createServer({ ...SOCKET, pauseOnConnect: true }, accept);
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(new Error(listenMishap(address, error)));
    server.once('error', fail);
    server.listen({ ...address, backlog: BACKLOG }, () => {
      const bound = server.address();
      const port = bound !== null && typeof bound === 'object' ? bound.port : address.port;
      server.off('error', fail).on('error', ignore);
      resolve({ server, listen: addressText({ host: address.host, port }) });
    });
  });
}

/** Errors of sockets are told by their end. */
function ignore(): void {}
