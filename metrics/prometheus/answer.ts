import * as z from 'zod';
import { numberOf } from '../exposition/number.ts';
import { FailedScrape, unexpectedStatus } from '../scrape/exchange.ts';

/** What an instant query came to. */
export interface Result {
  /** The sum over the series that have a finite value; undefined when none has. */
  readonly value: number | undefined;
  /** How many of them there were. */
  readonly series: number;
}

/** A query the server answered, but not with a value. The message is words of ours and holds no secret. */
export class RefusedQuery extends FailedScrape {
  override readonly name = 'RefusedQuery';
  /** What the server itself says of it; it may quote the query and the data. */
  readonly detail: string | undefined;

  constructor(message: string, detail?: string) {
    super(message);
    this.detail = detail;
  }
}

const sample = z.tuple([z.number(), z.string()]);

const data = z.discriminatedUnion('resultType', [
  z.object({
    resultType: z.literal('vector'),
    result: z.array(z.union([z.object({ value: sample }), z.object({ histogram: z.unknown() })])),
  }),
  z.object({ resultType: z.literal('scalar'), result: sample }),
  z.object({ resultType: z.literal('matrix') }),
  z.object({ resultType: z.literal('string') }),
]);

const answer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('success'), data, warnings: z.array(z.string()).optional() }),
  z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() }),
]);

/** The types of error of the API, in words. */
const REFUSALS: Readonly<Record<string, string>> = {
  bad_data: 'the server cannot read the query',
  execution: 'the server cannot evaluate the query',
  timeout: 'the query took the server too long',
  canceled: 'the server gave the query up',
  internal: 'the server failed at the query',
  unavailable: 'the server does not evaluate queries now',
};

/**
 * Reads the answer to an instant query of Prometheus' HTTP API, version 1. Series that are NaN or infinite are left out,
 * and a result of none has no value, which is not 0. Throws RefusedQuery for errors, for warnings, as what comes with
 * them may not be whole, and for results that are no number; FailedScrape for any other answer.
 */
export function resultIn(text: string, status: number): Result {
  const read = answer.safeParse(parsed(text));
  if (!read.success) throw status === 200 ? otherAnswer() : unexpectedStatus(status);
  if (read.data.status === 'error') {
    const { errorType, error } = read.data;
    throw new RefusedQuery(REFUSALS[errorType] ?? 'the server refuses the query', error);
  }
  const warnings = (read.data.warnings ?? []).filter((warning) => !warning.startsWith('PromQL info'));
  if (warnings.length > 0)
    throw new RefusedQuery('the server warns that the result may not be whole', warnings.join('; '));
  return resultOf(read.data.data);
}

function resultOf(told: z.infer<typeof data>): Result {
  if (told.resultType === 'matrix') throw new RefusedQuery('the query gives a range, not a value');
  if (told.resultType === 'string') throw new RefusedQuery('the query gives a text, not a value');
  if (told.resultType === 'scalar') return summed([told.result]);
  return summed(
    told.result.map((series) => {
      if ('value' in series) return series.value;
      throw new RefusedQuery('the query gives a native histogram, which is no single value');
    }),
  );
}

function summed(samples: readonly z.infer<typeof sample>[]): Result {
  const values = samples.map(([, text]) => {
    const value = numberOf(text);
    if (value === undefined) throw otherAnswer();
    return value;
  });
  const finite = values.filter(Number.isFinite);
  const sum = finite.reduce((total, value) => total + value, 0);
  return { value: finite.length > 0 && Number.isFinite(sum) ? sum : undefined, series: finite.length };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function otherAnswer(): FailedScrape {
  return new FailedScrape("answered something other than Prometheus' query API");
}
