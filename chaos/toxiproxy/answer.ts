import { quoted } from './json/text.ts';
import type { Refusal } from './refusal.ts';

/** What a request is answered with. */
export interface Answer {
  readonly status: number;
  /** Undefined when there is no body. */
  readonly type: string | undefined;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const PLAIN = 'text/plain; charset=utf-8';

/** A good answer in JSON. */
export function json(body: string, status = 200): Answer {
  return { status, type: 'application/json', body };
}

/** An answer that is its status. */
export function nothing(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, type: undefined, body: '', headers };
}

/** An answer in words, as Go's http.Error gives them. */
export function words(body: string, status: number): Answer {
  return { status, type: PLAIN, body: `${body}\n`, headers: { 'x-content-type-options': 'nosniff' } };
}

/** What a request that is not done is answered with: JSON that is called plain text, as by the real server. */
export function refused(refusal: Refusal): Answer {
  return words(`{${refusedMembers(refusal)}}`, refusal.status);
}

/** The members of a JSON object that tell why something is not done. */
export function refusedMembers({ message, status }: Refusal): string {
  return `"error":${quoted(message)},"status":${status}`;
}
