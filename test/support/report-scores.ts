import type { Score } from '../../core/score.ts';

/** A score with fixed words, of a run that died; tests change what they are about. */
export function fixedScore(changes: Partial<Score> = {}): Score {
  return {
    version: 'survival/1',
    verdict: 'died',
    because: 'It came back only after the load was cut to 10 %.',
    value: 12.34,
    uncapped: 12.34,
    threshold: 80,
    components: [
      { name: 'absorb', weight: 0.3, value: 0.204, says: '20 % was left in the storm' },
      { name: 'recover', weight: 0.25, value: 0, says: 'not recovered' },
      { name: 'durable', weight: 0.15, value: undefined, says: 'nothing was asked for' },
    ],
    gates: [
      { name: 'bystanders', status: 'held', says: 'all kept 90 %', evidence: [] },
      {
        name: 'not-recovered',
        status: 'fired',
        kind: 'METASTABLE',
        says: 'not itself 24 s after the storm',
        evidence: [
          { says: '6 attempts each', from: 'client' },
          { says: '588 of 612 waiting had left', from: 'target' },
        ],
      },
      { name: 'promises', status: 'not covered', says: 'the profile makes none', evidence: [] },
    ],
    validity: [],
    coverage: { value: 0.92, says: ['no capacity is declared for create'] },
    confidence: { low: 11.2, high: 13.9, says: 'measurement error only' },
    entitlements: [{ class: 'login', capacity: 90, source: 'declared', mostOffered: 251, mostServed: 99 }],
    mechanism: { status: 'found', says: 'the queue is full of people who have left', from: 'target' },
    bottleneck: [{ says: '612 logins waiting', from: 'target' }],
    agreement: [{ class: 'login', target: 1_073, client: 1_062, agrees: true }],
    figures: [{ what: 'growth of the load', documented: '10x in 48 hours', measured: '10.0x' }],
    recoveredAfter: undefined,
    quality: [
      { second: 0, primary: 1, bystanders: { 'in-meetings': 1 } },
      { second: 1, primary: 0.2, bystanders: { 'in-meetings': 0.99 } },
    ],
    partial: undefined,
    ...changes,
  };
}
