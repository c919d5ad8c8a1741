import { Agent } from 'undici';
import { EXIT } from '../../core/exit.ts';
import { type Mistake, Mistakes } from '../../core/mistake.ts';
import type { PrometheusServer } from '../../core/target.ts';
import { type Asking, FailedScrape } from '../scrape/exchange.ts';
import { RefusedQuery } from './answer.ts';
import { resultFrom, type Server, serverOf } from './query.ts';

/** Everything a server is to be asked, each with the place where the user wrote it. */
export interface Trial {
  readonly source: PrometheusServer;
  readonly where: string;
  readonly queries: readonly { readonly where: string; readonly query: string }[];
}

/** How long an answer may take before a run, in milliseconds. */
const PATIENCE = 5_000;

/**
 * Asks every query once before a run, and gives the places of those that have no value yet, which may be right for what
 * counts nothing so far. Throws Mistakes for the target that is not ready: queries the server refuses with its own words,
 * and servers that do not answer.
 */
export async function tryQueries(trials: readonly Trial[], signal: AbortSignal): Promise<readonly string[]> {
  const outcomes = await Promise.all(trials.map((trial) => outcomesOf(trial, signal)));
  const mistakes = outcomes.flat().filter((outcome) => typeof outcome === 'object');
  if (mistakes.length > 0) throw new Mistakes(mistakes, EXIT.notReady);
  return outcomes.flat().filter((outcome) => typeof outcome === 'string');
}

/** A mistake, or the place of a query without a value. */
type Outcome = Mistake | string;

async function outcomesOf({ source, where, queries }: Trial, signal: AbortSignal): Promise<Outcome[]> {
  const server = serverOf(source);
  const dispatcher = new Agent({ connect: { rejectUnauthorized: !source.insecure } });
  const asking = { dispatcher, signal, timeoutMs: PATIENCE };
  try {
    const outcomes: Outcome[] = [];
    for (const one of queries) {
      const outcome = await outcomeOf(server, one, asking);
      // A server that does not answer is one mistake, not one for each query.
      if (outcome instanceof FailedScrape) return [unanswered(where, server, outcome)];
      outcomes.push(...outcome);
    }
    return outcomes;
  } finally {
    await dispatcher.destroy();
  }
}

async function outcomeOf(
  server: Server,
  { where, query }: Trial['queries'][number],
  asking: Asking,
): Promise<readonly Outcome[] | FailedScrape> {
  try {
    const { value } = await resultFrom(server, query, asking);
    return value === undefined ? [where] : [];
  } catch (thrown) {
    if (thrown instanceof RefusedQuery) return [refused(where, server, thrown)];
    if (thrown instanceof FailedScrape) return thrown;
    throw thrown;
  }
}

function unanswered(where: string, { url }: Server, { message }: FailedScrape): Mistake {
  const { pathname } = new URL(url);
  const what = `the Prometheus server cannot be asked: ${message}`;
  return { where: `${where}.prometheus`, what, mend: `it is asked at ${pathname} below its address` };
}

function refused(where: string, server: Server, { message, detail }: RefusedQuery): Mistake {
  const words = detail === undefined ? '' : quotable(detail, server);
  const mend = 'it has to work in the expression browser of the server';
  return { where, what: words === '' ? message : `${message}: ${words}`, mend };
}

const LONGEST = 300;

/** What a server says, on one line, unless it repeats what only it was to know. */
function quotable(detail: string, { headers }: Server): string {
  const { accept: _, 'accept-encoding': __, 'user-agent': ___, ...own } = headers;
  const secrets = Object.values(own).flatMap((value) => [value, ...value.split(/\s+/)]);
  if (secrets.some((secret) => detail.includes(secret))) return '';
  const line = detail.replace(/^invalid parameter "query": /, '').replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
