import querystring from 'node:querystring';
import type { MetricsSource } from '../../core/target.ts';

/** Where and how a source is asked. */
export interface Reached {
  /** Without user and password, which go into the headers. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Makes the request of a source ready; its own headers come before those that every request has. */
export function reached({ url: text, headers }: Pick<MetricsSource, 'url' | 'headers'>, accept: string): Reached {
  const url = new URL(text);
  const user = [url.username, url.password].map(querystring.unescape).join(':');
  url.username = '';
  url.password = '';
  return {
    url: url.href,
    headers: {
      accept,
      'accept-encoding': 'identity',
      'user-agent': 'stormtest',
      ...(user !== ':' && { authorization: `Basic ${Buffer.from(user).toString('base64')}` }),
      ...Object.fromEntries(Object.entries(headers).map(([header, value]) => [header.toLowerCase(), value])),
    },
  };
}
