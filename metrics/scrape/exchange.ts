import { type Dispatcher, errors, request } from 'undici';

/** Why a source could not be read. The message quotes nothing that was sent or received, so it holds no secret. */
export class FailedScrape extends Error {
  override readonly name: string = 'FailedScrape';
}

/** How to ask: through which connections, when to stop, and how many milliseconds an answer may take as a whole. */
export interface Asking {
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** What is asked. */
export interface Question {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent with POST; without it the question is a GET. */
  readonly form?: URLSearchParams;
}

/** A whole answer. */
export interface Answered {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly encoding: string;
  readonly bytes: Uint8Array;
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
 * Asks and reads the answer, whatever its status; redirects are not followed, compression is not asked for, and nothing
 * above 16 MiB is read. Throws FailedScrape when that fails, and the signal's reason when it is aborted.
 */
export async function exchange(question: Question, asking: Asking): Promise<Answered> {
  const { dispatcher, signal, timeoutMs } = asking;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const { statusCode, headers, body } = await request(question.url, {
      ...(question.form && { method: 'POST', body: question.form.toString() }),
      headers: question.headers,
      dispatcher,
      signal: AbortSignal.any([signal, timeout]),
    });
    const contentType = headers['content-type'];
    return {
      status: statusCode,
      contentType: typeof contentType === 'string' ? contentType : undefined,
      encoding: String(headers['content-encoding'] ?? 'identity'),
      bytes: await bytesOf(body),
    };
  } catch (thrown) {
    signal.throwIfAborted();
    throw timeout.aborted ? new FailedScrape(`no whole answer within ${timeoutMs} ms`) : failedScrape(thrown);
  }
}

/** Says that an answer has a status of no use. */
export function unexpectedStatus(status: number): FailedScrape {
  const isRedirect = status >= 300 && status < 400;
  return new FailedScrape(`answered ${status}${isRedirect ? ', a redirect, which is not followed' : ''}`);
}

/** Reads an answer as text; throws FailedScrape when it is none. */
export function textOf({ encoding, bytes }: Pick<Answered, 'encoding' | 'bytes'>): string {
  if (encoding !== 'identity') throw new FailedScrape('answered compressed, unasked');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FailedScrape('answered what is not UTF-8');
  }
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

/** Puts what went wrong in words; what has no code is a bug of ours and stays as it is. */
function failedScrape(thrown: unknown): unknown {
  if (thrown instanceof FailedScrape) return thrown;
  if (thrown instanceof errors.HTTPParserError) return new FailedScrape('answered something other than HTTP');
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (typeof code !== 'string') return thrown;
  return new FailedScrape(`${REASONS[code] ?? 'the request failed'} (${code})`);
}
