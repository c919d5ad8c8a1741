import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../core/event.ts';
import { jsonReport } from '../../reports/json.ts';
import { collapsedRun, judgedRun, opened, recordingOf, survivedRun } from '../support/report-fixtures.ts';
import { fixedScore } from '../support/report-scores.ts';

interface Schema {
  description?: string;
  type?: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  $defs?: Record<string, Schema>;
  additionalProperties?: unknown;
}

const schema: Schema = JSON.parse(readFileSync('schema/report.schema.json', 'utf8'));

/** Every schema below this one, with its path. */
function* within(part: Schema, path = '#'): Generator<[string, Schema]> {
  yield [path, part];
  const named = [...Object.entries(part.properties ?? {}), ...Object.entries(part.$defs ?? {})];
  for (const [name, inner] of named) yield* within(inner, `${path}/${name}`);
  if (part.items) yield* within(part.items, `${path}[]`);
  for (const [place, inner] of (part.anyOf ?? []).entries()) yield* within(inner, `${path}|${place}`);
}

/** The schema with nothing allowed that it does not describe: a new field has to be described too. */
function strict(): Schema {
  const closed: Schema = structuredClone(schema);
  for (const [, part] of within(closed)) if (part.properties) part.additionalProperties = false;
  return closed;
}

const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(strict());

function expectValid(report: unknown): void {
  // What a reader gets is what JSON.stringify makes of it.
  validate(JSON.parse(JSON.stringify(report)));
  expect(validate.errors ?? []).toEqual([]);
}

const died = judgedRun(collapsedRun());
const lived = judgedRun(survivedRun());

test('reports of whole runs are as the schema says', () => {
  for (const { recording, score } of [died, lived]) expectValid(jsonReport(recording, score));
});

test('a run that was cut off at any moment has a report as the schema says', () => {
  const events = collapsedRun();
  for (const share of [0.002, 0.05, 0.3, 0.6, 0.95]) {
    const { recording, score } = judgedRun(events.slice(0, Math.max(1, Math.floor(share * events.length))));
    expectValid(jsonReport(recording, score));
  }
});

test('everything that can be unknown is null, and as the schema says', () => {
  const score = fixedScore({
    verdict: 'invalid',
    value: undefined,
    uncapped: undefined,
    confidence: undefined,
    partial: 'cut off',
    validity: [{ name: 'generator-saturated', says: 'late', environmental: true }],
  });
  const report = jsonReport(recordingOf([opened('a target')]), score);
  expectValid(report);
  expect(report.score).toMatchObject({
    value: null,
    uncapped: null,
    confidence: null,
    recoveredAfterSeconds: null,
    partial: 'cut off',
  });
  expect(report.run.ended).toBeNull();
  expect(report.validity.valid).toBe(false);
});

test('faults, deaths, ledgers and notes are as the schema says', () => {
  const made = opened('a target');
  const fault = {
    service: 'database',
    after: '5s',
    lasting: '10s',
    does: { kind: 'latency', latency: 500, jitter: 50 },
  } as const;
  const more: RunEvent[] = [
    { ...made, plan: { ...made.plan, faults: [{ fault, from: 15_000, to: 25_000 }] } },
    { kind: 'fault', at: 15_100, fault: 0, state: 'applied', says: 'through the proxy' },
    { kind: 'death', at: 17_000, process: 'gateway', says: 'exit code 137' },
    {
      kind: 'ledger',
      at: 60_000,
      invariant: 'meetings-kept',
      acknowledged: 9,
      checked: 3,
      held: 2,
      broken: ['m-1'],
      unanswered: 0,
    },
    { kind: 'note', at: 1_000, says: 'a note' },
    { kind: 'closed', at: 60_000, reason: 'interrupted', says: 'SIGINT' },
  ];
  const report = jsonReport(recordingOf(more), fixedScore());
  expectValid(report);
  expect(report.faults).toMatchObject([
    { service: 'database', type: 'latency', history: [{ state: 'applied', atSeconds: 15.1 }] },
  ]);
  expect(report.deaths).toEqual([{ atSeconds: 17, process: 'gateway', says: 'exit code 137' }]);
  expect(report.run.ended).toEqual({ reason: 'interrupted', says: 'SIGINT' });
});

test('every field of the schema is described', () => {
  const bare = [...within(schema)]
    .filter(([, part]) => !part.description && part.type !== 'null')
    .map(([path]) => path);
  expect(bare.filter((path) => !path.endsWith('|0'))).toEqual([]);
});

test('a field the schema does not know, or one that is missing, is noticed', () => {
  const report = JSON.parse(JSON.stringify(jsonReport(lived.recording, lived.score)));
  expect(validate({ ...report, surplus: 1 })).toBe(false);
  const { because: _, ...less } = report;
  expect(validate(less)).toBe(false);
});

test('everybody who was offered is in exactly one place', () => {
  for (const { recording, score } of [died, lived]) {
    const { counts } = jsonReport(recording, score);
    const offered = recording.bins.reduce((sum, bin) => sum + bin.offered, 0);
    expect(counts.reduce((sum, row) => sum + row.offered, 0)).toBe(offered);
    for (const row of counts) {
      expect(row.good + row.shed + row.failed + row.dropped + row.pending).toBe(row.offered);
      expect(Object.values(row.failedBy).reduce((sum, count) => sum + count, 0)).toBe(row.failed);
    }
  }
});

test('a collapsed storm shows as what it was', () => {
  const { counts, indicators, run } = jsonReport(died.recording, died.score);
  const storm = counts.find(
    ({ phase, class: name, cohort }) => phase === 'storm' && name === 'login' && cohort === 'everybody',
  );
  const recovery = counts.find(
    ({ phase, class: name, cohort }) => phase === 'recovery' && name === 'login' && cohort === 'everybody',
  );
  expect(storm?.good).toBeLessThan((storm?.offered ?? 0) / 2);
  expect(recovery).toMatchObject({ good: 0, latency: { p50: { ms: 5_000, atLeast: true } } });
  expect(recovery?.attemptsPerArrival).toBeCloseTo(6, 1);
  const departed = indicators.find(
    ({ phase, indicator }) => phase === 'recovery' && indicator === 'login.queue.departed',
  );
  expect(departed?.most).toBeGreaterThan(1_000);
  expect(run.phases.filter(({ name }) => name === 'probe').map(({ baseLoad, step }) => [baseLoad, step])).toEqual([
    [0.5, 'hold'],
    [0.25, 'hold'],
    [0.1, 'hold'],
    [0.1, 'observe'],
  ]);
});
