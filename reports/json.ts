import type { Recording } from '../core/recording.ts';
import type { Score } from '../core/score.ts';
import { countsOf } from './json/counts.ts';
import { faultsOf } from './json/faults.ts';
import { generatorOf } from './json/generator.ts';
import { indicatorsOf } from './json/indicators.ts';
import { mediaOf } from './json/media.ts';
import type { JsonReport, JsonScore, JsonTarget } from './json/report.ts';
import { runOf } from './json/run.ts';

export type { JsonReport } from './json/report.ts';

/** Puts a run and its judgement into `report/1`: plain data, ready for JSON.stringify. */
export function jsonReport(recording: Recording, score: Score): JsonReport {
  const { plan, deaths, ledgers, notes } = recording;
  const { figures: _, ...incident } = plan.profile.incident;
  return {
    version: 'report/1',
    verdict: score.verdict,
    because: score.because,
    score: scoreOf(score),
    gates: score.gates.map(({ kind, ...gate }) => ({ ...gate, kind: kind ?? null })),
    validity: { valid: score.validity.length === 0, reasons: score.validity },
    coverage: score.coverage,
    mechanism: score.mechanism,
    bottleneck: score.bottleneck,
    surge: score.surge
      ? { firstTier: score.surge.firstTier ?? null, countermeasures: score.surge.countermeasures }
      : null,
    agreement: score.agreement,
    figures: score.figures,
    incident: { profile: plan.profile.name, title: plan.profile.title, ...incident },
    target: targetOf(recording, score),
    run: runOf(recording),
    counts: countsOf(recording),
    generator: generatorOf(recording),
    media: mediaOf(recording),
    indicators: indicatorsOf(recording),
    faults: faultsOf(recording),
    deaths: deaths.map(({ at, process, says }) => ({ atSeconds: at / 1_000, process, says })),
    ledgers: ledgers.map(({ kind: _kind, at: _at, ...ledger }) => ledger),
    notes: notes.map(({ at, says }) => ({ atSeconds: at / 1_000, says })),
  };
}

function scoreOf(score: Score): JsonScore {
  return {
    version: score.version,
    value: score.value ?? null,
    uncapped: score.uncapped ?? null,
    threshold: score.threshold,
    confidence: score.confidence ?? null,
    components: score.components.map(({ value, ...component }) => ({ ...component, value: value ?? null })),
    recoveredAfterSeconds: score.recoveredAfter ?? null,
    partial: score.partial ?? null,
  };
}

function targetOf({ target }: Recording, { entitlements }: Score): JsonTarget {
  const { name, operations, capacity, metrics } = target;
  return {
    name,
    operations,
    capacity,
    entitlements: entitlements.map((one) => ({ ...one, capacity: one.capacity ?? null })),
    metrics: metrics.map((source) => ({ name: source.name, indicators: source.indicators })),
  };
}
