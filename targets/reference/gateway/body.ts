import type { IncomingMessage } from 'node:http';
import { Refusal } from './answer.ts';

/** The longest body, and the longest signalling message, that is read: in bytes. */
export const MOST_BYTES = 16_384;

/** Reads a request's JSON object; throws a Refusal (400, 413) when it is none or too long. */
export async function readObject(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Destroying the request would close the connection the refusal is to be sent on.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Refusal(413, 'too-large', { connection: 'close' });
    chunks.push(chunk);
  }
  const body = parsedObject(Buffer.concat(chunks).toString());
  if (!body) throw new Refusal(400, 'malformed');
  return body;
}

/** The object a JSON text is, or undefined. */
export function parsedObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** A text of 1 to `most` characters, or undefined. PostgreSQL stores no NUL, so there is none in it. */
export function textOf(value: unknown, most: number): string | undefined {
  const fits = typeof value === 'string' && value.length > 0 && value.length <= most && !value.includes('\0');
  return fits ? value : undefined;
}
