import type { ServerResponse } from 'node:http';

/** What a request is answered with. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer in JSON. */
export function answer(status: number, body: object, headers?: Readonly<Record<string, string>>): Answer {
  return { status, type: 'application/json', text: JSON.stringify(body), ...(headers && { headers }) };
}

/** 1, 2 or 3 seconds: spread, or everybody who was refused would come back at the same moment. */
export function retryAfter(): string {
  return String(1 + Math.floor(Math.random() * 3));
}

/** Asks to come back later. */
export function busy(): Answer {
  return answer(503, { error: 'busy' }, { 'retry-after': retryAfter() });
}

/** Writes an answer; to somebody who has left, nothing. */
export function write(response: ServerResponse, { status, type, text, headers }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text), ...headers });
  response.end(text);
}

/** Thrown where a request cannot be answered as it is asked. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly answer: Answer;

  constructor(status: number, error: string, headers?: Readonly<Record<string, string>>) {
    super(error);
    this.answer = answer(status, { error }, headers);
  }
}
