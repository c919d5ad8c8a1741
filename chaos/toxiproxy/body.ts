import type { IncomingMessage } from 'node:http';
import { refusals } from './refusal.ts';

/** The longest body that is read, in bytes: room for thousands of proxies. */
const MOST_BYTES = 1_048_576;

/** Reads a body; its bytes as one character each. Throws a Refusal when it is too long. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Destroying the request would close the connection that the refusal is to be sent on.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw refusals.tooLarge(MOST_BYTES);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('latin1');
}
