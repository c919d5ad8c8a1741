import { ToxiproxyFailure } from './failure.ts';

/** Whom to ask, and how long to wait for an answer in milliseconds. */
export interface Asking {
  readonly url: string;
  readonly limit: number;
}

/**
 * Reads a path of a Toxiproxy's API: for what the npm client does not tell (toxics, times to live), and for the reason when
 * it only tells a status. Throws ToxiproxyFailure.
 */
export async function asked<T extends object>({ url, limit }: Asking, path: string): Promise<T> {
  let status: number;
  let text: string;
  try {
    const answer = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(limit) });
    text = await answer.text();
    status = answer.status;
  } catch (error) {
    const isGone = ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === 'ECONNREFUSED';
    throw new ToxiproxyFailure(`${url} does not answer: ${causeOf(error, limit)}`, undefined, undefined, isGone);
  }
  const value = objectIn(text);
  if (status === 200 && value) return value as T;
  const reason = status === 200 ? 'what it says is no JSON: it is no Toxiproxy' : errorIn(value);
  throw new ToxiproxyFailure(
    `${url} answers ${status} to GET ${path}${reason === undefined ? '' : `: ${reason}`}`,
    status,
    reason,
  );
}

function causeOf(error: unknown, limit: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `nothing came within ${limit} ms`;
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}

/** The JSON object or array in a text; undefined when there is none. */
export function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function errorIn(value: object | undefined): string | undefined {
  return value && 'error' in value ? String(value.error) : undefined;
}
