import { type Dispatcher, errors, request } from 'undici';
import type { Exposition } from '../exposition/family.ts';
import { MalformedExposition } from '../exposition/malformed.ts';
import { parseExposition } from '../exposition.ts';
import type { Watched } from './source.ts';

/** Why a source could not be read. The message quotes nothing that was sent or received, so it holds no secret. */
export class FailedScrape extends Error {
  override readonly name = 'FailedScrape';
}

/** How to ask: through which connections, when to stop, and how many milliseconds an answer may take as a whole. */
export interface Asking {
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

const MEBIBYTE = 2 ** 20;
const MOST_BYTES = 16 * MEBIBYTE;

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  UND_ERR_SOCKET: 'connection closed',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  ETIMEDOUT: 'no connection in time',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ENOTFOUND: 'unknown host',
  EAI_AGAIN: 'the host name could not be looked up',
};

/**
 * GETs a source and reads its answer; redirects are not followed, compression is not asked for, and nothing above 16 MiB
 * is read. Throws FailedScrape when that fails, and the signal's reason when it is aborted.
 */
export async function ask(source: Watched, { dispatcher, signal, timeoutMs }: Asking): Promise<Exposition> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const stop = AbortSignal.any([signal, timeout]);
    const { statusCode, headers, body } = await request(source.url, {
      headers: source.headers,
      dispatcher,
      signal: stop,
    });
    const bytes = await bytesOf(body);
    if (statusCode !== 200) throw new FailedScrape(`answered ${statusCode}${isRedirect(statusCode) ? REDIRECT : ''}`);
    if ((headers['content-encoding'] ?? 'identity') !== 'identity')
      throw new FailedScrape('answered compressed, unasked');
    const contentType = headers['content-type'];
    return parseExposition(decoded(bytes), typeof contentType === 'string' ? contentType : undefined);
  } catch (thrown) {
    signal.throwIfAborted();
    throw timeout.aborted ? new FailedScrape(`no whole answer within ${timeoutMs} ms`) : failedScrape(thrown);
  }
}

const REDIRECT = ', a redirect, which is not followed';

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new FailedScrape(`answered more than ${MOST_BYTES / MEBIBYTE} MiB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FailedScrape('answered what is not UTF-8');
  }
}

/** Puts what went wrong in words; what has no code is a bug of ours and stays as it is. */
function failedScrape(thrown: unknown): unknown {
  if (thrown instanceof FailedScrape) return thrown;
  if (thrown instanceof errors.HTTPParserError) return new FailedScrape('answered something other than HTTP');
  if (thrown instanceof MalformedExposition) return new FailedScrape(`malformed answer: ${thrown.message}`);
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (typeof code !== 'string') return thrown;
  return new FailedScrape(`${REASONS[code] ?? 'the request failed'} (${code})`);
}
