import { describe, expect, it } from 'vitest';
import type { Family } from '../../metrics/exposition/family.ts';
import { parseExposition } from '../../metrics/exposition.ts';
import { histogramQuantile, histogramsOf } from '../../metrics/histograms.ts';

const Infinite = Number.POSITIVE_INFINITY;

const familyIn = (text: string): Family => {
  const [family] = parseExposition(text).families;
  if (family === undefined) throw new Error('no family');
  return family;
};

describe('the histograms of a family', () => {
  it('are told apart by their labels, with buckets in order of their bounds', () => {
    const family = familyIn(`# TYPE wait histogram
wait_bucket{le="+Inf",class="login"} 9
wait_bucket{class="login",le="0.5"} 4
wait_bucket{le="10",class="login"} 7
wait_sum{class="login"} 12.5
wait_count{class="login"} 9
wait_bucket{class="join",le="+Inf"} 1
`);
    expect(histogramsOf(family)).toEqual([
      {
        labels: new Map([['class', 'login']]),
        buckets: [
          { upTo: 0.5, count: 4 },
          { upTo: 10, count: 7 },
          { upTo: Infinite, count: 9 },
        ],
        sum: 12.5,
        count: 9,
      },
      { labels: new Map([['class', 'join']]), buckets: [{ upTo: Infinite, count: 1 }] },
    ]);
  });

  it('are found in gauge histograms too', () => {
    const text = '# TYPE q gaugehistogram\nq_bucket{le="+Inf"} 6\nq_gcount 6\nq_gsum 3.5\n# EOF\n';
    expect(histogramsOf(familyIn(text))).toMatchObject([
      { sum: 3.5, count: 6, buckets: [{ upTo: Infinite, count: 6 }] },
    ]);
  });

  it('are none in families of other types', () => {
    expect(histogramsOf(familyIn('a_bucket{le="1"} 1\n'))).toEqual([]);
    expect(histogramsOf(familyIn('# TYPE a summary\na{quantile="0.5"} 1\n'))).toEqual([]);
  });

  it('pass over buckets whose bound is no number, and times of creation', () => {
    const text = `# TYPE a histogram
a_bucket 1
a_bucket{le="x"} 2
a_bucket{le="NaN"} 3
a_bucket{le="0x10"} 4
a_bucket{le=" "} 5
a_bucket{le="1"} 6
a_created 7
# EOF
`;
    expect(histogramsOf(familyIn(text))).toEqual([{ labels: new Map(), buckets: [{ upTo: 1, count: 6 }] }]);
  });

  it('have the latest of several points', () => {
    const text = '# TYPE a histogram\na_bucket{le="1"} 5 200\na_bucket{le="1"} 3 100\n# EOF\n';
    expect(histogramsOf(familyIn(text))[0]?.buckets).toEqual([{ upTo: 1, count: 5 }]);
  });
});

describe('a quantile', () => {
  const buckets = [
    { upTo: 0.1, count: 10 },
    { upTo: 0.5, count: 30 },
    { upTo: 1, count: 80 },
    { upTo: Infinite, count: 100 },
  ];

  it.each([
    [0, 0],
    [0.05, 0.05],
    [0.1, 0.1],
    [0.2, 0.3],
    [0.55, 0.75],
    [0.8, 1],
    [0.81, 1],
    [1, 1],
    [-0.1, Number.NEGATIVE_INFINITY],
    [1.1, Infinite],
    [Number.NaN, undefined],
  ])('%d lies where values would if they were spread evenly over their bucket', (q, value) => {
    const found = histogramQuantile(q, buckets);
    if (value === undefined || !Number.isFinite(value)) expect(found).toBe(value);
    else expect(found).toBeCloseTo(value, 12);
  });

  it.each([
    [
      'nothing was counted',
      [
        { upTo: 1, count: 0 },
        { upTo: Infinite, count: 0 },
      ],
    ],
    ['there are no buckets', []],
    ['there is one bucket only', [{ upTo: Infinite, count: 5 }]],
    [
      'no bucket is without bound',
      [
        { upTo: 1, count: 5 },
        { upTo: 2, count: 6 },
      ],
    ],
    [
      'the counts are no numbers',
      [
        { upTo: 1, count: Number.NaN },
        { upTo: Infinite, count: Number.NaN },
      ],
    ],
  ])('is unknown when %s', (_, few) => {
    expect(histogramQuantile(0.5, few)).toBeUndefined();
  });

  it('below a lowest bound that is not above 0 is that bound', () => {
    expect(
      histogramQuantile(0.1, [
        { upTo: -2, count: 5 },
        { upTo: Infinite, count: 10 },
      ]),
    ).toBe(-2);
  });

  it('raises counts that fall, and adds up buckets of one bound', () => {
    const odd = [
      { upTo: 1, count: 5 },
      { upTo: 2, count: 3 },
      { upTo: 4, count: 4 },
      { upTo: 4, count: 4 },
      { upTo: Infinite, count: 10 },
    ];
    expect(histogramQuantile(0.5, odd)).toBe(1);
    expect(histogramQuantile(0.65, odd)).toBe(3);
  });
});
