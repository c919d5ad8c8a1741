import { type Answer, json, nothing } from './answer.ts';
import { checkTimeToLive, newProxyIn, proxyIn } from './bodies/proxy-body.ts';
import type { Collection } from './collection.ts';
import type { Ground } from './ground.ts';
import { quoted } from './json/text.ts';
import { METRICS_TYPE, metricsText } from './metrics.ts';
import { populate, populated } from './populate.ts';
import { createToxic, deleteToxic, listToxics, showToxic, updateToxic } from './toxic-routes.ts';

/** The version whose behaviour this server has. */
const VERSION = '2.12.0';

/** One kind of request. */
export interface Route {
  /** Undefined for any. */
  readonly methods: readonly string[] | undefined;
  /** Its groups are the names of a proxy and of a toxic. */
  readonly path: RegExp;
  handle(asked: Asked): Promise<Answer> | Answer;
}

/** What is asked for. */
export interface Asked {
  readonly proxy: string;
  readonly toxic: string;
  /** The bytes of the body, one character each. */
  body(): Promise<string>;
}

const ONE = /^\/proxies\/([^/]+)$/;
const TOXICS = /^\/proxies\/([^/]+)\/toxics$/;
const TOXIC = /^\/proxies\/([^/]+)\/toxics\/([^/]+)$/;

/** Everything the server answers. */
export function routesOf(collection: Collection, { counters, log }: Ground): readonly Route[] {
  const proxy = (asked: Asked) => collection.get(asked.proxy);
  return [
    route('GET', /^\/version$/, () => ({
      ...json(`{"version": "${VERSION}"}\n`),
      type: 'application/json;charset=utf-8',
    })),
    route('GET', /^\/proxies$/, () => allProxies(collection)),
    route('POST', /^\/proxies$/, (asked) => createProxy(collection, asked)),
    route('POST', /^\/populate$/, async ({ body }) => populated(await populate(collection, await body()))),
    route('POST', /^\/reset$/, async () => {
      await collection.reset();
      return nothing(204);
    }),
    route('GET', ONE, (asked) => json(proxy(asked).json())),
    route('POST PATCH', ONE, (asked) => updateProxy(collection, asked)),
    route('DELETE', ONE, async (asked) => {
      await collection.remove(asked.proxy);
      return nothing(204);
    }),
    route('GET', TOXICS, (asked) => listToxics(proxy(asked))),
    route('POST', TOXICS, async (asked) => createToxic(proxy(asked), await asked.body(), log)),
    route('GET', TOXIC, (asked) => showToxic(proxy(asked), asked.toxic)),
    route('POST PATCH', TOXIC, async (asked) => updateToxic(proxy(asked), asked.toxic, await asked.body())),
    route('DELETE', TOXIC, (asked) => deleteToxic(proxy(asked), asked.toxic)),
    route('', /^\/metrics$/, () => ({ status: 200, type: METRICS_TYPE, body: metricsText(counters) })),
  ];
}

function route(methods: string, path: RegExp, handle: Route['handle']): Route {
  return { methods: methods === '' ? undefined : methods.split(' '), path, handle };
}

function allProxies(collection: Collection): Answer {
  return json(`{${collection.list().map((proxy) => `${quoted(proxy.name)}:${proxy.json()}`)}}`);
}

async function createProxy(collection: Collection, { body }: Asked): Promise<Answer> {
  const proxy = await collection.add(newProxyIn(await body()));
  return json(proxy.json(), 201);
}

async function updateProxy(collection: Collection, { proxy: name, body }: Asked): Promise<Answer> {
  collection.get(name);
  const told = await body();
  const proxy = await collection.update(name, (current) => {
    const wanted = proxyIn(told, current);
    checkTimeToLive(wanted);
    return wanted;
  });
  return json(proxy.json());
}
