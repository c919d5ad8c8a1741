import { expect, it } from 'vitest';
import { bounded } from '../../../metrics/prometheus/fresh.ts';

it.each([
  ['up', 'up and (time() - timestamp(up) <= 30)'],
  [
    '  a:b{job="x", other=~"y|z"} ',
    'a:b{job="x", other=~"y|z"} and (time() - timestamp(a:b{job="x", other=~"y|z"}) <= 30)',
  ],
  ['{__name__="up",job="a"}', '{__name__="up",job="a"} and (time() - timestamp({__name__="up",job="a"}) <= 30)'],
  ['sum(up)', 'sum(up and (time() - timestamp(up) <= 30))'],
  ['MAX ( up{a="b"} )', 'MAX (up{a="b"} and (time() - timestamp(up{a="b"}) <= 30))'],
  ['sum by (job, instance) (up)', 'sum by (job, instance) (up and (time() - timestamp(up) <= 30))'],
])('%s is told to give fresh samples only', (query, fresh) => {
  expect(bounded(query, 30_000)).toEqual({ query: fresh, bounded: true });
});

it.each([
  ['a range', 'rate(up[1m])'],
  ['arithmetic', 'sum(up) / 2'],
  ['two aggregations', 'sum(a) + sum(b)'],
  ['an offset', 'sum(up offset 5m)'],
  ['a clause behind', 'sum(up) by (job)'],
  ['a nested aggregation', 'sum(max(up))'],
  ['another function', 'summary(up)'],
  ['metrics of several names', 'sum({__name__=~"a|b"})'],
  ['what cannot be read', 'sum(up{)'],
  ['a text', 'sum("up")'],
  ['the sum of nothing', 'sum()'],
])('%s stays as it is', (_, query) => {
  expect(bounded(query, 30_000)).toEqual({ query, bounded: false });
});
