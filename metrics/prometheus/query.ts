import type { PrometheusServer } from '../../core/target.ts';
import { type Asking, exchange, textOf, unexpectedStatus } from '../scrape/exchange.ts';
import { type Reached, reached } from '../scrape/reach.ts';
import { type Result, resultIn } from './answer.ts';
import { bounded } from './fresh.ts';

/** A Prometheus server made ready to be asked. */
export interface Server extends Reached {
  /** How old samples may be, in milliseconds. */
  readonly maxAge: number;
}

/** Makes a server ready. */
export function serverOf(source: PrometheusServer): Server {
  const { url, headers } = reached(source, 'application/json');
  return { url: `${url.replace(/\/+$/, '')}/api/v1/query`, headers, maxAge: source.maxAge };
}

/**
 * Asks one instant query, evaluated at the server's own time. How old samples may be is said twice, as servers before
 * Prometheus 2.43 do not know `lookback_delta`. Throws RefusedQuery or FailedScrape when no value can be had of it.
 */
export async function resultFrom(server: Server, query: string, asking: Asking): Promise<Result> {
  const fresh = bounded(query, server.maxAge).query;
  const answer = await answerTo(server, fresh, String(server.maxAge / 1_000), asking);
  return resultIn(textOf(answer), answer.status);
}

/** Whether a server bounds the age of samples when it is told to: one that does cannot make sense of a malformed limit. */
export async function boundsAge(server: Server, asking: Asking): Promise<boolean> {
  const { status } = await answerTo(server, 'vector(1)', 'malformed', asking);
  if (status !== 200 && status !== 400) throw unexpectedStatus(status);
  return status === 400;
}

/** The share of our own patience that the server gets, so that its words arrive in time. */
const PATIENCE = 0.75;

function answerTo({ url, headers }: Server, query: string, lookback: string, asking: Asking) {
  const timeout = String((PATIENCE * asking.timeoutMs) / 1_000);
  const form = new URLSearchParams({ query, timeout, lookback_delta: lookback });
  return exchange({ url, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, form }, asking);
}
