import { type Answer, json, nothing } from './answer.ts';
import { attributesIn, changeIn, checkSense, toxicIn } from './bodies/toxic-body.ts';
import { Lifetime } from './lifetime.ts';
import type { ToxicProxy } from './proxy.ts';
import { refusals } from './refusal.ts';
import { directionIn, type Toxic, toxicJson } from './toxic.ts';
import { kindOfType } from './toxics/index.ts';

/** Answers with the toxics of a proxy. */
export function listToxics(proxy: ToxicProxy): Answer {
  return json(`[${proxy.chain.list().map(toxicJson)}]`);
}

/** Puts the toxic of a body on a proxy. */
export async function createToxic(proxy: ToxicProxy, body: string, log: (line: string) => void): Promise<Answer> {
  const { name: given, type, stream, toxicity, ttl } = toxicIn(body);
  const direction = directionIn(stream);
  if (!direction) throw refusals.invalidStream();
  const kind = kindOfType(type);
  if (!kind) throw refusals.invalidType();
  const name = given || `${type}_${stream}`;
  if (proxy.chain.find(name)) throw refusals.toxicExists();
  const attributes = attributesIn(body, kind);
  checkSense(kind, { attributes, toxicity, ttl });
  const lifetime = new Lifetime(() => {
    log(`proxy ${proxy.name}: the time of toxic ${name} is up, it is taken away`);
    void proxy.chain.remove(toxic);
  });
  const toxic: Toxic = { name, kind, direction, stream, attributes, toxicity, lifetime };
  lifetime.set(ttl ?? 0);
  await proxy.chain.add(toxic);
  return json(toxicJson(toxic));
}

/** Answers with one toxic. */
export function showToxic(proxy: ToxicProxy, name: string): Answer {
  return json(toxicJson(found(proxy, name)));
}

/** Changes a toxic; where nothing but its time to live is given, connections do not notice. */
export async function updateToxic(proxy: ToxicProxy, name: string, body: string): Promise<Answer> {
  const toxic = found(proxy, name);
  const { attributes, toxicity, ttl } = changeIn(body, toxic.kind, toxic.attributes);
  checkSense(toxic.kind, { attributes, toxicity, ttl });
  if (ttl !== undefined) toxic.lifetime.set(ttl);
  const renewed = ttl !== undefined && attributes === undefined && toxicity === undefined;
  if (renewed) return json(toxicJson(toxic));
  toxic.attributes = attributes ?? toxic.attributes;
  toxic.toxicity = toxicity ?? toxic.toxicity;
  await proxy.chain.update(toxic);
  return json(toxicJson(toxic));
}

/** Takes a toxic away. */
export async function deleteToxic(proxy: ToxicProxy, name: string): Promise<Answer> {
  await proxy.chain.remove(found(proxy, name));
  return nothing(204);
}

function found(proxy: ToxicProxy, name: string): Toxic {
  const toxic = proxy.chain.find(name);
  if (!toxic) throw refusals.noToxic();
  return toxic;
}
