import type { IncomingMessage } from 'node:http';

/** What a request says behind the question mark. */
export function queryOf({ url }: IncomingMessage): URLSearchParams {
  return new URLSearchParams(url?.split('?')[1]);
}
