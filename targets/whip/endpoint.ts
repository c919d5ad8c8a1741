import { Failure } from '../../core/failure.ts';
import type { Answer, Headers, HttpRequest, Transport } from '../../core/transport.ts';
import { parseAbsolute } from '../http/absolute.ts';
import { resolved } from './addresses.ts';
import { descriptionIn, refusalOf } from './judge.ts';

/** What is needed to ask at an endpoint. */
export interface Asking {
  readonly io: Transport;
  /** Where requests may go, in lower case. */
  readonly hosts: readonly string[];
  readonly token: string | undefined;
}

/** What an endpoint has agreed to. */
export interface Agreed {
  readonly is: 'answer' | 'offer';
  readonly sdp: string;
  readonly session: SessionPlace;
}

/** Where a session is changed and ended. */
export interface SessionPlace {
  readonly url: string;
  readonly etag: string | undefined;
}

/** More are no way to a server, but a circle. */
const MOST_REDIRECTS = 5;
/** Nobody waits for the end of a session, nor for what is told it later. Milliseconds. */
const ASIDE = { within: 5_000, aside: true } as const;

/**
 * Offers at an endpoint, and gives the session that was made (RFC 9725, 4.2); a WHEP endpoint may say 406, and offer something
 * else instead. Undefined where there is nothing to be viewed yet. `later` is true when nobody waits for it any more.
 */
export async function offeredAt(
  url: string,
  sdp: string,
  asking: Asking,
  { what, later, mayBeNothing }: { readonly what: string; readonly later: boolean; readonly mayBeNothing: boolean },
): Promise<Agreed | { readonly is: 'nothing'; readonly answer: Answer }> {
  const headers = { 'content-type': 'application/sdp', accept: 'application/sdp' };
  const { answer, at } = await asked({ method: 'POST', url, headers, body: sdp, ...(later && ASIDE) }, asking, what);
  if (mayBeNothing && (answer.status === 404 || answer.status === 409)) return { is: 'nothing', answer };
  const isCountered = mayBeNothing && answer.status === 406;
  if (answer.status !== 201 && !isCountered) throw refusalOf(what, answer);
  const [location] = answer.header('location');
  if (location === undefined) {
    if (isCountered) throw refusalOf(what, answer);
    throw new Failure('protocol', `${what}: a session without a Location`);
  }
  const session = { url: reachable(resolved(at, location), asking, what), etag: answer.header('etag')[0] };
  try {
    return { is: isCountered ? 'offer' : 'answer', sdp: descriptionIn(what, answer), session };
  } catch (thrown) {
    await ended(session, asking);
    throw thrown;
  }
}

/** Tells a session something: candidates, or the answer to what it has offered instead. */
export async function told(
  { url, etag }: SessionPlace,
  type: string,
  body: string,
  asking: Asking,
  what: string,
): Promise<Answer> {
  const headers = { 'content-type': type, ...(etag !== undefined && { 'if-match': etag }) };
  const { answer } = await asked({ method: 'PATCH', url, headers, body, ...ASIDE }, asking, what);
  return answer;
}

/** Ends a session; whatever the server says to it, whoever goes is gone. */
export async function ended({ url }: SessionPlace, asking: Asking): Promise<void> {
  try {
    await asked({ method: 'DELETE', url, ...ASIDE }, asking, 'leaving');
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
  }
}

/** Asks, and goes where the server sends it: 307 and 308 keep method and body (RFC 9725, 4.5). */
async function asked(
  request: HttpRequest,
  asking: Asking,
  what: string,
): Promise<{ readonly answer: Answer; readonly at: string }> {
  const { token, io } = asking;
  const headers: Headers = { ...request.headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  let at = request.url;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    const answer = await io.http({ ...request, headers, url: at });
    if (answer.status !== 307 && answer.status !== 308) return { answer, at };
    const [location = ''] = answer.header('location');
    at = reachable(resolved(at, location), asking, what);
  }
  throw new Failure('protocol', `${what}: sent on more than ${MOST_REDIRECTS} times`);
}

/** Load goes to the declared hosts, wherever a server sends it. */
function reachable(url: string | undefined, { hosts }: Asking, what: string): string {
  if (url === undefined) throw new Failure('protocol', `${what}: a Location that is no address`);
  if (hosts.includes(parseAbsolute(url)?.host ?? '')) return url;
  throw new Failure('unreachable', `${what}: a Location at a host that is not among those of the declaration`);
}
