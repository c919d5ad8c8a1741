/** Every constant of `survival/1`, the survival score; `explain` prints them. Times are in milliseconds. */
export const SURVIVAL = {
  version: 'survival/1',
  weights: { absorb: 0.3, recover: 0.25, isolate: 0.2, durable: 0.15, floor: 0.1 },
  /** A component never counts as less, so that one zero does not hide the others. */
  leastComponent: 0.01,
  /** What S is capped at when a gate fires. */
  diedCap: 39,
  threshold: 80,
  leastCoverage: 0.8,
  /** Below so many arrivals a second is merged with the next one. */
  leastOffered: 5,
  /** The stretch over which the target's own best goodput is taken when no capacity is declared. */
  selfRelativeWindow: 5_000,
  isolatePercentile: 10,
  floorPercentile: 5,
  bystanderFloor: 0.9,
  promiseSamples: 100,
  /** How far sound may be ahead of the picture, and how far behind it (ITU-R BT.1359). */
  skew: { early: 90, late: 185 },
  recovered: 0.95,
  windows: {
    natural: { baseline: 60_000, stretch: 30_000, mean: 5_000, objective: 10_000, rto: 60_000, floor: 10_000 },
    quick: { baseline: 10_000, stretch: 6_000, mean: 3_000, objective: 3_000, rto: 12_000, floor: 5_000 },
  },
  leastRecovery: { natural: 120_000, quick: 0 },
  baseline: { median: 0.95, low: 0.9, lowShare: 0.1, halves: 0.05 },
  generator: { droppedShare: 0.01, late: 100, badSecondsShare: 0.05 },
  clockJump: 1_000,
  /** Of a machine on which the run started its target: a second in which others take more of it is a bad one. */
  machine: { taken: 0.2, badSecondsShare: 0.1 },
  /** Client and target may count successes this far apart before coverage is lowered. */
  agreement: 0.05,
  confidence: { draws: 2_000, level: 0.95 },
  probeLevels: [0.5, 0.25, 0.1, 0],
  /** Above this share of capacity nothing can recover, and nothing is proven. */
  mostBaseShare: 0.3,
  /** The base share a plan takes when a capacity is declared and no size is asked for. */
  baseShare: 0.29,
  /** Arrivals per second of base load that quick windows need. */
  leastQuickBase: 20,
} as const;
