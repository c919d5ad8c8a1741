import { describe, expect, it } from 'vitest';
import { RefusedQuery, resultIn } from '../../../metrics/prometheus/answer.ts';

const OTHER = "answered something other than Prometheus' query API";

function success(resultType: string, result: unknown, more: object = {}): string {
  return JSON.stringify({ status: 'success', data: { resultType, result }, ...more });
}

function vector(...values: readonly string[]): string {
  return success(
    'vector',
    values.map((value, n) => ({ metric: { __name__: 'up', instance: String(n) }, value: [1795580622.968, value] })),
  );
}

function refusal(text: string, status = 200): RefusedQuery {
  try {
    resultIn(text, status);
  } catch (thrown) {
    if (thrown instanceof RefusedQuery) return thrown;
    throw thrown;
  }
  throw new Error('it was not refused');
}

describe('the answer to an instant query', () => {
  it.each<[string, string, { value: number | undefined; series: number }]>([
    ['one series', vector('7'), { value: 7, series: 1 }],
    ['several series, added up', vector('7', '0.5', '1e+06'), { value: 1_000_007.5, series: 3 }],
    ['a zero, which is a value', vector('0'), { value: 0, series: 1 }],
    ['a scalar', success('scalar', [1795580623.094, '3']), { value: 3, series: 1 }],
    ['no series, which is not 0', vector(), { value: undefined, series: 0 }],
    ['NaN', vector('NaN'), { value: undefined, series: 0 }],
    ['infinity', success('scalar', [1795580623.094, '+Inf']), { value: undefined, series: 0 }],
    ['NaN beside a number', vector('NaN', '4', '-Inf'), { value: 4, series: 1 }],
    ['a sum beyond all numbers', vector('1e308', '1e308'), { value: undefined, series: 2 }],
  ])('may be %s', (_, text, result) => {
    expect(resultIn(text, 200)).toEqual(result);
  });

  it('may come with information on the query, which is no warning', () => {
    const text = success('vector', [], {
      warnings: ['PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "up"'],
      infos: ['PromQL info: something else'],
    });
    expect(resultIn(text, 200)).toEqual({ value: undefined, series: 0 });
  });

  it('that comes with a warning may not be whole, and is refused', () => {
    const text = success('scalar', [1, '3'], {
      warnings: ['PromQL info: fine', 'No StoreAPIs matched for this query'],
    });
    expect(refusal(text).message).toBe('the server warns that the result may not be whole');
    expect(refusal(text).detail).toBe('No StoreAPIs matched for this query');
  });

  it.each([
    ['bad_data', 400, 'the server cannot read the query'],
    ['execution', 422, 'the server cannot evaluate the query'],
    ['timeout', 503, 'the query took the server too long'],
    ['canceled', 503, 'the server gave the query up'],
    ['internal', 500, 'the server failed at the query'],
    ['unavailable', 503, 'the server does not evaluate queries now'],
    ['not_acceptable', 406, 'the server refuses the query'],
  ])(
    'that is an error of type %s is refused in words of ours, with those of the server apart',
    (errorType, status, says) => {
      const text = JSON.stringify({ status: 'error', errorType, error: 'invalid parameter "query": 1:7: s3cret' });
      expect(refusal(text, status).message).toBe(says);
      expect(refusal(text, status).detail).toBe('invalid parameter "query": 1:7: s3cret');
    },
  );

  it.each([
    ['a range', success('matrix', [{ metric: {}, values: [[1, '1']] }]), 'the query gives a range, not a value'],
    ['a text', success('string', [1795580623.084, 'x']), 'the query gives a text, not a value'],
    [
      'a histogram',
      success('vector', [{ metric: {}, histogram: [1, { count: '3', sum: '4' }] }]),
      'the query gives a native histogram, which is no single value',
    ],
  ])('that is %s is refused', (_, text, says) => {
    expect(refusal(text).message).toBe(says);
  });

  it.each([
    ['a page', '<html>Sign in</html>', 200, OTHER],
    ['other JSON', '{"ok":true}', 200, OTHER],
    ['a value that is none', vector('seven'), 200, OTHER],
    ['a value that is a number', success('scalar', [1, 3]), 200, OTHER],
    ['nothing', '', 200, OTHER],
    ['a page of a proxy', '<html>s3cret</html>', 502, 'answered 502'],
    ['a redirect', '', 302, 'answered 302, a redirect, which is not followed'],
    ['JSON of a proxy', '{"message":"s3cret"}', 401, 'answered 401'],
  ])('that is %s is no answer', (_, text, status, says) => {
    expect(() => resultIn(text, status)).toThrow(says);
    expect(() => resultIn(text, status)).not.toThrow(RefusedQuery);
  });
});
