import { type Answer, json, refusedMembers } from './answer.ts';
import { proxiesIn } from './bodies/proxy-body.ts';
import type { Collection } from './collection.ts';
import type { ToxicProxy } from './proxy.ts';
import { Refusal } from './refusal.ts';

/** What became of a list of proxies: those that are there now, up to the first that could not be had, and why not. */
export interface Populated {
  readonly proxies: readonly ToxicProxy[];
  readonly refusal: Refusal | undefined;
}

/** Makes the proxies a body lists, one after another. */
export async function populate(collection: Collection, body: string): Promise<Populated> {
  const proxies: ToxicProxy[] = [];
  try {
    for (const settings of proxiesIn(body)) proxies.push(await collection.addOrReplace(settings));
    return { proxies, refusal: undefined };
  } catch (error) {
    if (error instanceof Refusal) return { proxies, refusal: error };
    throw error;
  }
}

/** The answer to a list of proxies. */
export function populated({ proxies, refusal }: Populated): Answer {
  const list = proxies.length > 0 ? `[${proxies.map((proxy) => proxy.json())}]` : 'null';
  const why = refusal ? `${refusedMembers(refusal)},` : '';
  return json(`{${why}"proxies":${list}}`, refusal?.status ?? 201);
}
