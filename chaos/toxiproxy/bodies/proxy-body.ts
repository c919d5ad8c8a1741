import { decode, type Field, kindOf, takeObject, text, truth, whole } from '../json/fields.ts';
import { elements } from '../json/members.ts';
import type { ProxySettings } from '../proxy.ts';
import { refusals } from '../refusal.ts';
import { checkTtl, understood } from './understood.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What Go calls an element of the list that populate takes. */
const ELEMENT = 'struct { toxiproxy.Proxy; Enabled *bool "json:\\"enabled\\"" }';

/** Reads a proxy; what the body does not mention is as in `base`. Throws a Refusal. */
export function proxyIn(body: string, base: ProxySettings): ProxySettings {
  const read: Mutable<ProxySettings> = { ...base };
  const enabled = truth('enabled', (value) => {
    read.enabled = value;
  });
  const shape = { type: 'toxiproxy.Proxy', struct: 'Proxy', fields: [...fieldsOf(read, ''), enabled] };
  understood(() => decode(body, (value, misfit, report) => takeObject(value, shape, misfit, report)));
  return read;
}

/** Reads a proxy that is to be made. Throws a Refusal. */
export function newProxyIn(body: string): ProxySettings {
  const read = proxyIn(body, { name: '', listen: '', upstream: '', enabled: true, ttl: undefined });
  if (read.name === '') throw refusals.missing('name');
  if (read.upstream === '') throw refusals.missing('upstream');
  checkTimeToLive(read);
  return read;
}

/** Reads the list of proxies that populate takes. Throws a Refusal. */
export function proxiesIn(body: string): readonly ProxySettings[] {
  const read: Mutable<ProxySettings>[] = [];
  understood(() =>
    decode(body, (value, misfit, report) => {
      const kind = kindOf(value);
      if (kind === 'null') return;
      if (kind !== 'array') return misfit(kind, `[]${ELEMENT}`);
      for (const element of elements(value)) {
        const proxy: Mutable<ProxySettings> = { name: '', listen: '', upstream: '', enabled: true, ttl: undefined };
        const set = (enabled: boolean) => {
          proxy.enabled = enabled;
        };
        const fields = [...fieldsOf(proxy, 'Proxy.'), truth('enabled', set, () => set(true))];
        takeObject(element, { type: ELEMENT, struct: '', fields }, misfit, report);
        read.push(proxy);
      }
    }),
  );
  for (const [index, { name, upstream }] of read.entries()) {
    if (name === '') throw refusals.missing(`name at proxy ${index + 1}`);
    if (upstream === '') throw refusals.missing(`upstream at proxy ${index + 1}`);
  }
  for (const proxy of read) checkTimeToLive(proxy);
  return read;
}

/** Only what is disabled can be enabled again when the time is up. */
export function checkTimeToLive({ ttl, enabled }: ProxySettings): void {
  checkTtl(ttl);
  if (ttl !== undefined && enabled) throw refusals.invalid('ttl: the proxy is enabled, there is nothing to undo');
}

function fieldsOf(read: Mutable<ProxySettings>, prefix: string): readonly Field[] {
  const named = (name: 'name' | 'listen' | 'upstream') =>
    text(`${prefix}${name}`, (value) => {
      read[name] = value;
    });
  const ttl = whole(`${prefix}ttl`, 'int64', (value) => {
    read.ttl = value;
  });
  return [named('name'), named('listen'), named('upstream'), ttl, loggerField(`${prefix}Logger`)];
}

/** The real server tells its logger in every answer, and minds what comes back in its place. */
function loggerField(path: string): Field {
  const shape = { type: 'zerolog.Logger', struct: 'Logger', fields: [] };
  return { path, take: (value, misfit, report) => takeObject(value, shape, misfit, report) };
}
