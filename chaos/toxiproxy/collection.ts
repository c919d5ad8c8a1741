import type { Ground } from './ground.ts';
import { type ProxySettings, ToxicProxy } from './proxy.ts';
import { Refusal, refusals } from './refusal.ts';

/** The proxies of a server, by name. */
export class Collection {
  readonly #proxies = new Map<string, ToxicProxy>();
  readonly #ground: Ground;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** All of them, in the order of their names' bytes. */
  list(): readonly ToxicProxy[] {
    return [...this.#proxies.values()].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  }

  /** Throws a Refusal when there is none of that name. */
  get(name: string): ToxicProxy {
    const proxy = this.#proxies.get(name);
    if (!proxy) throw refusals.noProxy();
    return proxy;
  }

  add(settings: ProxySettings): Promise<ToxicProxy> {
    return this.#inTurn(settings.name, () => {
      if (this.#proxies.has(settings.name)) throw refusals.proxyExists();
      return this.#started(settings);
    });
  }

  /** Makes a proxy, or leaves alone one that listens and leads where it should; one that does not loses its toxics. */
  addOrReplace(settings: ProxySettings): Promise<ToxicProxy> {
    return this.#inTurn(settings.name, async () => {
      const existing = this.#proxies.get(settings.name);
      if (existing && !(await existing.differs(settings))) return existing;
      existing?.stop();
      const proxy = await this.#started(settings);
      if (existing) await forget(existing);
      return proxy;
    });
  }

  /** Changes a proxy to what `wanted` makes of what it is. */
  update(name: string, wanted: (current: ProxySettings) => ProxySettings): Promise<ToxicProxy> {
    return this.#inTurn(name, async () => {
      const proxy = this.get(name);
      await proxy.update(wanted(proxy.settings));
      return proxy;
    });
  }

  remove(name: string): Promise<void> {
    return this.#inTurn(name, async () => {
      const proxy = this.get(name);
      this.#proxies.delete(name);
      await forget(proxy);
    });
  }

  /** Enables every proxy and takes all toxics away; ends with the first proxy that cannot be enabled. */
  async reset(): Promise<void> {
    for (const proxy of this.list()) {
      await this.#inTurn(proxy.name, async () => {
        if (this.#proxies.get(proxy.name) !== proxy) return;
        await proxy.start();
        await proxy.chain.clear();
      });
    }
  }

  /** Closes everything. */
  async clear(): Promise<void> {
    const proxies = this.list();
    this.#proxies.clear();
    await Promise.all(proxies.map(forget));
  }

  async #started(settings: ProxySettings): Promise<ToxicProxy> {
    const proxy = new ToxicProxy(settings, this.#ground);
    if (settings.enabled) await proxy.start();
    else proxy.lifetime.set(settings.ttl ?? 0);
    this.#proxies.set(proxy.name, proxy);
    return proxy;
  }

  /** One at a time for each name. What the operating system refuses is told with status 500, as by the real server. */
  #inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.#ground.turns.take(name, async () => {
      try {
        return await work();
      } catch (error) {
        throw error instanceof Refusal ? error : refusals.broken((error as Error).message);
      }
    });
  }
}

/** Stops a proxy for good: nothing that had a time to live comes back. */
async function forget(proxy: ToxicProxy): Promise<void> {
  proxy.lifetime.set(0);
  proxy.stop();
  await proxy.chain.clear();
}
