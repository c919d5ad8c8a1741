import { ask, type TestedToxiproxy } from './toxiproxy.ts';

/** Asks the API of a tested Toxiproxy; gives the JSON of the answer, and throws when it is refused. */
export async function api(
  { url }: Pick<TestedToxiproxy, 'url'>,
  method: string,
  path: string,
  body?: object,
  // biome-ignore lint/suspicious/noExplicitAny: what a test wants of an answer, it says itself
): Promise<any> {
  const answer = await ask(url, method, path, body && JSON.stringify(body));
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
  return answer.body === '' ? undefined : JSON.parse(answer.body);
}

/** A proxy named `t` at a free port of 127.0.0.1; gives where it listens. */
export async function proxyTo(tested: Pick<TestedToxiproxy, 'url'>, upstream: string): Promise<string> {
  const { listen } = await api(tested, 'POST', '/proxies', { name: 't', listen: '127.0.0.1:0', upstream });
  return listen;
}
