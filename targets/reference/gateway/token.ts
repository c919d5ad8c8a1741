import type { IncomingMessage } from 'node:http';
import { queryOf } from './query.ts';

/** The token of `Authorization: Bearer …` (RFC 6750), or undefined. */
export function bearerOf({ headers }: IncomingMessage): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
}

/** The token of a WebSocket's upgrade: browsers can set no header on it, so it may come as `?token=…` too. */
export function signalTokenOf(request: IncomingMessage): string | undefined {
  return bearerOf(request) ?? queryOf(request).get('token') ?? undefined;
}
