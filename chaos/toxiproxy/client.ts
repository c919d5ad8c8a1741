import { Proxy as NodeProxy, Toxic, Toxiproxy } from 'toxiproxy-node-client';
import { Mistakes } from '../../core/mistake.ts';
import { settlesWithin } from '../../core/within.ts';
import { checkedName } from '../checked-name.ts';
import { ToxiproxyFailure } from './failure.ts';
import { type Asking, asked } from './raw.ts';
import type { NewProxy, NewToxic, ProxyChange, ProxyState, ToxicChange, ToxicState } from './state.ts';

/**
 * Drives a Toxiproxy, ours or any other. Every request ends within its time limit; a call throws ToxiproxyFailure with the
 * reason, and Mistakes when a name cannot be used. There is no reset: it would undo the faults of others.
 */
export interface ToxiproxyClient {
  readonly url: string;
  version(): Promise<string>;
  proxies(): Promise<readonly ProxyState[]>;
  /** Undefined when there is none of that name. */
  proxy(name: string): Promise<ProxyState | undefined>;
  createProxy(proxy: NewProxy): Promise<ProxyState>;
  /** A `ttl` alone renews the time of one that is disabled; it is refused when that is over. */
  updateProxy(name: string, change: ProxyChange): Promise<ProxyState>;
  /** One that is not there is no failure. */
  removeProxy(name: string): Promise<void>;
  addToxic(proxy: string, toxic: NewToxic): Promise<ToxicState>;
  /** A `ttl` alone renews the time of a toxic, unnoticed by connections, where its state tells one. */
  updateToxic(proxy: string, name: string, change: ToxicChange): Promise<ToxicState>;
  /** One that is not there is no failure. */
  removeToxic(proxy: string, name: string): Promise<void>;
}

/** How long one request may take when nothing else is said, in milliseconds. */
const LIMIT = 5_000;

/** A client for the Toxiproxy whose API is at a URL. The npm client has no time limits and tells no reasons: this does. */
export function toxiproxyClient(url: string, limit: number = LIMIT): ToxiproxyClient {
  const asking = { url: checkedUrl(url), limit };
  const node = new Toxiproxy(asking.url);
  return { url: asking.url, ...reads(asking), ...proxyCalls(asking, node), ...toxicCalls(asking, node) };
}

function reads(asking: Asking): Pick<ToxiproxyClient, 'version' | 'proxies' | 'proxy'> {
  return {
    version: async () => (await asked<{ readonly version: string }>(asking, '/version')).version,
    proxies: async () => Object.values(await asked<Readonly<Record<string, ProxyState>>>(asking, '/proxies')),
    proxy: (name) => unlessMissing(asked<ProxyState>(asking, proxyPath(name))),
  };
}

function proxyCalls(
  asking: Asking,
  node: Toxiproxy,
): Pick<ToxiproxyClient, 'createProxy' | 'updateProxy' | 'removeProxy'> {
  // Everything is read back: the npm client tells neither toxics nor times to live.
  return {
    async createProxy(proxy) {
      const path = proxyPath(proxy.name);
      await done(asking, `POST /proxies`, path, () => node.createProxy({ listen: '', ...proxy }));
      return await asked(asking, path);
    },
    async updateProxy(name, change) {
      const path = proxyPath(name);
      await done(asking, `POST ${path}`, path, () => proxyOf(node, name).update(change as WholeProxy));
      return await asked(asking, path);
    },
    async removeProxy(name) {
      const path = proxyPath(name);
      await unlessMissing(done(asking, `DELETE ${path}`, path, () => proxyOf(node, name).remove()));
    },
  };
}

function toxicCalls(
  asking: Asking,
  node: Toxiproxy,
): Pick<ToxiproxyClient, 'addToxic' | 'updateToxic' | 'removeToxic'> {
  return {
    async addToxic(proxy, toxic) {
      const path = toxicPath(proxy, toxic.name);
      const whole = { toxicity: 1, ...toxic } as WholeToxic;
      await done(asking, `POST ${proxyPath(proxy)}/toxics`, path, () => proxyOf(node, proxy).addToxic(whole));
      return await asked(asking, path);
    },
    async updateToxic(proxy, name, change) {
      const path = toxicPath(proxy, name);
      await done(asking, `POST ${path}`, path, () => toxicOf(node, proxy, name).update(change as WholeToxic));
      return await asked(asking, path);
    },
    async removeToxic(proxy, name) {
      const path = toxicPath(proxy, name);
      await unlessMissing(done(asking, `DELETE ${path}`, path, () => toxicOf(node, proxy, name).remove()));
    },
  };
}

/** Its types want every member; the server does not, and knows toxics and members that they do not. */
type WholeProxy = Parameters<NodeProxy['update']>[0];
type WholeToxic = ConstructorParameters<typeof Toxic<unknown>>[2];

function proxyOf(node: Toxiproxy, name: string): NodeProxy {
  return new NodeProxy(node, { name, listen: '', upstream: '', enabled: true, toxics: [] });
}

function toxicOf(node: Toxiproxy, proxy: string, name: string): Toxic<unknown> {
  return new Toxic(node.getApi(), proxyOf(node, proxy).getPath(), { name } as WholeToxic);
}

/** Waits for a call of the npm client; finds the reason of a failure, of which that tells the status at most. */
async function done(asking: Asking, what: string, path: string, call: () => Promise<unknown>): Promise<void> {
  const { url, limit } = asking;
  const calling = call();
  calling.catch(() => undefined);
  let status: number;
  try {
    if (await settlesWithin(limit, calling)) return;
    throw new ToxiproxyFailure(
      `${url} did not answer ${what} within ${limit} ms: whether it was done is not known`,
      undefined,
    );
  } catch (error) {
    if (error instanceof ToxiproxyFailure) throw error;
    const told = /status code (\d+)$/.exec((error as Error).message)?.[1];
    if (told === undefined) throw await silent(asking, what, error as Error);
    status = Number(told);
  }
  const reason = await asked(asking, path).then(
    () => PROBABLY[status],
    (error: ToxiproxyFailure) => (error.status === status ? error.reason : PROBABLY[status]),
  );
  throw new ToxiproxyFailure(
    `${url} answers ${status} to ${what}${reason === undefined ? '' : `: ${reason}`}`,
    status,
    reason,
  );
}

/** What is behind a status when asking again does not tell. */
const PROBABLY: Readonly<Record<number, string>> = {
  400: 'it does not take what it was told',
  403: 'it does not talk to this client, or not by this name',
  409: 'there is one of that name',
  500: 'it cannot do that; is there something else at the address?',
};

/** The npm client hides why there is no answer; whoever asks once more hears it. */
async function silent(asking: Asking, what: string, error: Error): Promise<ToxiproxyFailure> {
  return await asked(asking, '/version').then(
    () => new ToxiproxyFailure(`${asking.url} gave no answer to ${what}: ${error.message}`, undefined),
    (failure: ToxiproxyFailure) => failure,
  );
}

async function unlessMissing<T>(wanted: Promise<T>): Promise<T | undefined> {
  try {
    return await wanted;
  } catch (error) {
    if (error instanceof ToxiproxyFailure && error.status === 404) return undefined;
    throw error;
  }
}

function proxyPath(name: string): string {
  return `/proxies/${checkedName('proxy', name)}`;
}

function toxicPath(proxy: string, name: string): string {
  return `${proxyPath(proxy)}/toxics/${checkedName('toxic', name)}`;
}

function checkedUrl(url: string): string {
  const { protocol, origin, pathname } = URL.canParse(url) ? new URL(url) : { protocol: '', origin: '', pathname: '' };
  if (/^https?:$/.test(protocol)) return `${origin}${pathname.replace(/\/+$/, '')}`;
  throw Mistakes.of('toxiproxy', `"${url}" is no URL of a Toxiproxy`, 'write http://127.0.0.1:8474');
}

export { ToxiproxyFailure } from './failure.ts';
export type { NewProxy, NewToxic, ProxyChange, ProxyState, ToxicChange, ToxicState } from './state.ts';
