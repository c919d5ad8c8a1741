import { describe, expect, it } from 'vitest';
import { SURVIVAL } from '../../core/constants.ts';
import type { RunEvent } from '../../core/event.ts';
import { EXIT } from '../../core/exit.ts';
import { sequence } from '../../core/random.ts';
import type { Recording } from '../../core/recording.ts';
import { exitCodeOf } from '../../score/exit.ts';
import { score } from '../../score/score.ts';
import {
  eventsOf,
  inPhases,
  keptLedger,
  recordingFrom,
  recordingOf,
  type Story,
  storyFault,
  storyPlan,
} from '../support/recordings.ts';

const PLAN = storyPlan({}, { pace: 'quick' });
/** Far more than is ever offered, so that everybody due is owed an answer. */
const AMPLE = storyPlan({}, { pace: 'quick', scale: 1, capacity: { login: 10_000 } });
const LONGEST = 57;
const LATE = () => ({ late: [500_000, 100] });
const DEATH = { kind: 'death', at: 20_000, process: 'gateway', says: 'exit code 137' } as const;

function scored(story: Story) {
  return score(recordingOf({ plan: PLAN, ...story }));
}

function storm(share: number, plan = PLAN) {
  return inPhases(plan, { storm: () => share });
}

describe('the verdict', () => {
  it('is survived, exit 0, when nothing fired and S clears the threshold', () => {
    const judged = scored({ quality: storm(0.92) });
    expect(judged).toMatchObject({ verdict: 'survived', validity: [], partial: undefined, recoveredAfter: 0 });
    expect(judged.value).toBe(judged.uncapped);
    expect(judged.because).toBe(
      'It kept 92 % of its quality through the storm and was itself again as soon as that was over; S is 94.9, and 80 is needed.',
    );
    expect(exitCodeOf(judged)).toBe(EXIT.survived);
  });

  it('is degraded, exit 99, below the threshold without a gate', () => {
    const judged = scored({ quality: storm(0.55) });
    expect(judged.verdict).toBe('degraded');
    expect(judged.because).toContain('No gate fired, but S is 69.2, below 80; weakest in absorb: 55 %');
    expect(exitCodeOf(judged)).toBe(EXIT.failed);
  });

  it('clears the threshold at exactly 80', () => {
    const share = 0.8 ** (0.65 / 0.4);
    const offered = () => 1_000_000;
    expect(scored({ offered, quality: storm(share + 1e-5) }).verdict).toBe('survived');
    expect(scored({ offered, quality: storm(share - 1e-5) }).verdict).toBe('degraded');
  });

  it('never says 80.0 of a score below 80', () => {
    const share = 0.8 ** (0.65 / 0.4) - 2e-6;
    const judged = scored({ offered: () => 1_000_000, quality: storm(share) });
    expect(judged.verdict).toBe('degraded');
    expect(judged.because).toContain('S is 79.9');
  });

  it('is died, exit 99, and S at most 39, when a gate fired', () => {
    const plan = storyPlan({ bystanders: ['neighbours'] }, { pace: 'quick' });
    const judged = scored({ plan, bystanders: storm(0.5, plan) });
    expect(judged.verdict).toBe('died');
    expect(judged.uncapped).toBeGreaterThan(80);
    expect(judged.value).toBe(SURVIVAL.diedCap);
    expect(exitCodeOf(judged)).toBe(EXIT.failed);
  });

  it('leaves an S that is below 39 already as it is', () => {
    const judged = scored({ quality: inPhases(PLAN, { storm: () => 0.3, recovery: () => 0.1 }) });
    expect(judged.verdict).toBe('died');
    expect(judged.value).toBe(judged.uncapped);
    expect(judged.value).toBeLessThan(39);
  });

  it('is inconclusive, exit 112, when too little is covered', () => {
    const judged = scored({ plan: storyPlan({ faults: [storyFault] }, { pace: 'quick' }) });
    expect(judged).toMatchObject({ verdict: 'inconclusive', coverage: { value: 0 }, uncapped: 100 });
    expect(judged.because).toBe(
      'Only 0 % of what had to be judged could be, and 80 % is needed: fault latency at auth: never attempted.',
    );
    expect(exitCodeOf(judged)).toBe(EXIT.unproven);
  });

  it('is died rather than inconclusive when a gate fired on what was covered', () => {
    const plan = storyPlan({ faults: [storyFault] }, { pace: 'quick' });
    expect(scored({ plan, quality: inPhases(plan, { recovery: () => 0 }) }).verdict).toBe('died');
  });

  it('is invalid, exit 112, and has no number, when a reason stands against the run', () => {
    const judged = scored({ health: LATE });
    expect(judged).toMatchObject({ verdict: 'invalid', value: undefined, uncapped: undefined, confidence: undefined });
    expect(judged.because).toContain('This run proves nothing: the generator could not keep up');
    expect(exitCodeOf(judged)).toBe(EXIT.unproven);
  });

  it.each([
    ['an unplanned death', { events: [DEATH] }],
    ['lost data', { ledgers: [keptLedger(LONGEST, { held: 99 })] }],
    ['somebody wrongly let in', { impostors: { tried: 1, denied: 0, granted: 1 } }],
  ])('is died on %s even when the run is invalid otherwise, and then has no number', (_, story) => {
    const judged = scored({ ...story, health: LATE });
    expect(judged).toMatchObject({ verdict: 'died', value: undefined, confidence: undefined });
    expect(judged.because).toContain('no score, because the run is not valid otherwise (generator-saturated)');
    expect(exitCodeOf(judged)).toBe(EXIT.failed);
  });

  it('is invalid when a gate fired that yields to invalidity, and names it', () => {
    const judged = scored({ health: LATE, quality: inPhases(PLAN, { recovery: () => 0 }) });
    expect(judged.verdict).toBe('invalid');
    expect(judged.gates).toContainEqual(expect.objectContaining({ name: 'not-recovered', status: 'fired' }));
    expect(judged.because).toContain('not-recovered would have fired');
  });

  it('names the gate that outranks the others first, and counts the others', () => {
    const judged = scored({ events: [DEATH], quality: inPhases(PLAN, { recovery: () => 0 }) });
    expect(judged.because).toContain('A process of the target died: gateway ended at 20 s: exit code 137');
    expect(judged.because).toContain('1 more gate fired: not-recovered');
  });
});

describe('a score', () => {
  it('is the same each time, and in whatever order the events came', () => {
    const plan = storyPlan({ faults: [storyFault], bystanders: ['red', 'blue'] }, { pace: 'quick' });
    const events = eventsOf({
      plan,
      quality: (second) => 1 - (second % 7) / 20,
      scrape: (second) => ({ indicators: { 'login.success': 90 * second, 'login.queue': second % 9 } }),
      faults: [
        { kind: 'fault', at: 15_000, fault: 0, state: 'applied', says: 'put in' },
        { kind: 'fault', at: 30_000, fault: 0, state: 'lifted', says: 'gone' },
      ],
      events: [DEATH, { ...DEATH, at: 22_000, process: 'postgres' }],
    });
    const random = sequence(7);
    const shuffled = events
      .map((event) => ({ event, place: random() }))
      .toSorted((a, b) => a.place - b.place)
      .map(({ event }) => event);
    const once = score(recordingFrom(events));
    expect(score(recordingFrom(events))).toEqual(once);
    expect(score(recordingFrom(shuffled))).toEqual(once);
  });

  it('is the same when each bin comes in two parts, as from two machines', () => {
    const events = eventsOf({ plan: PLAN, quality: storm(0.6) });
    const halves = events.flatMap((event): RunEvent[] => {
      if (event.kind !== 'bin') return [event];
      const half = { ...event, offered: 50, good: Math.min(50, event.good), eventual: 0, attempts: 0, failed: {} };
      return [half, { ...event, offered: event.offered - 50, good: event.good - half.good, latency: [] }];
    });
    expect(score(recordingFrom(halves)).uncapped).toBe(score(recordingFrom(events)).uncapped);
  });

  it('lies within 0 and 100, and never rises when failures are added after the baseline', () => {
    const random = sequence(2020);
    for (let round = 0; round < 25; round += 1) {
      const shares = Array.from({ length: LONGEST }, (_, second) =>
        second < 13 ? 1 : round % 3 === 0 ? random() : 1 - random() / 4,
      );
      const story: Story = { plan: round % 2 === 0 ? PLAN : AMPLE, quality: (second) => shares[second] ?? 1 };
      const before = score(recordingOf(story));
      const at = 13 + Math.floor(random() * (LONGEST - 13));
      const more = 1 + Math.floor(random() * 200);
      const failing = { second: at, scenario: 'logins', class: 'login', cohort: 'everybody' } as const;
      const counts = { offered: more, good: 0, first: 0, eventual: 0, shed: 0, dropped: 0, attempts: more };
      const worse: Story = {
        ...story,
        events: [{ kind: 'bin', ...failing, ...counts, failed: { timeout: more }, latency: [] }],
      };
      const after = score(recordingOf(worse));
      for (const { value, uncapped } of [before, after]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(uncapped).toBeLessThanOrEqual(100);
      }
      expect(after.uncapped).toBeLessThanOrEqual((before.uncapped ?? 0) + 1e-9);
      expect(after.value).toBeLessThanOrEqual((before.value ?? 0) + 1e-9);
    }
  });

  it('does not look at a closed model at all', () => {
    const closed = { name: 'lounge', journey: 'login', cohort: 'everybody', role: 'base' } as const;
    const plan = storyPlan(
      {
        scenarios: [
          ...PLAN.profile.scenarios,
          { ...closed, executor: 'ramping-vus', startVUs: 5, stages: [{ duration: '60s', target: 5 }] },
        ],
      },
      { pace: 'quick', scale: 1, capacity: { login: 10_000 } },
    );
    const key = { second: 20, scenario: 'lounge', class: 'login', cohort: 'everybody' } as const;
    const counts = { offered: 900, good: 0, first: 0, eventual: 0, shed: 0, dropped: 0, attempts: 900 };
    const events = [{ kind: 'bin', ...key, ...counts, failed: { timeout: 900 }, latency: [] }] as const;
    expect(scored({ plan, events }).uncapped).toBe(100);
    const counted = [{ ...events[0], scenario: 'logins' }];
    expect(scored({ plan, events: counted }).uncapped).toBeLessThan(100);
  });

  it('counts people who are still waiting at the end as not good', () => {
    const waiting = { second: 30, scenario: 'logins', class: 'login', cohort: 'everybody' } as const;
    const counts = { offered: 100, good: 0, first: 0, eventual: 0, shed: 0, dropped: 0, attempts: 0 };
    const judged = scored({ plan: AMPLE, events: [{ kind: 'bin', ...waiting, ...counts, failed: {}, latency: [] }] });
    expect(judged.quality.find(({ second }) => second === 30)?.primary).toBe(0.5);
  });

  it('tells the quality of every second, of the probe too, and of each bystander cohort', () => {
    const plan = storyPlan({ bystanders: ['neighbours'] }, { pace: 'quick' });
    const judged = scored({ plan, until: 60, quality: (second) => (second === 58 ? 0.25 : 1) });
    expect(judged.quality.map(({ second }) => second)).toEqual(Array.from({ length: 60 }, (_, second) => second));
    expect(judged.quality[58]).toEqual({ second: 58, primary: 0.25, bystanders: { neighbours: 1 } });
  });
});

describe('a recording that is not whole', () => {
  it('says where it was cut, and proves nothing', () => {
    const judged = scored({ until: 30, ended: undefined });
    expect(judged).toMatchObject({ verdict: 'invalid', value: undefined });
    expect(judged.validity.map(({ name }) => name)).toEqual(['interrupted']);
    expect(judged.partial).toBe('the recording ends without a closing line 29 s into the run, in the phase storm');
  });

  it.each([
    ['interrupted', 'the run was interrupted after 30 s, in the phase storm'],
    ['halted', 'the run was halted after 30 s, in the phase storm'],
    ['failed', 'the run was ended by a failure after 30 s, in the phase storm'],
  ] as const)('says that it was %s', (ended, says) => {
    expect(scored({ until: 30, ended })).toMatchObject({ verdict: 'invalid', partial: says });
  });

  it('is judged up to the last second whose deadline has passed', () => {
    const judged = scored({ until: 30, ended: 'interrupted', quality: (second) => (second >= 25 ? 0 : 1) });
    expect(judged.components.find(({ name }) => name === 'absorb')?.value).toBe(1);
    expect(judged.quality.at(-1)).toEqual({ second: 24, primary: 1, bystanders: {} });
  });

  it('has no value for phases it does not reach, and less coverage', () => {
    const judged = scored({ until: 18, ended: 'interrupted' });
    expect(judged.components.map(({ value }) => value)).toEqual([undefined, undefined, undefined]);
    expect(judged.coverage.value).toBe(0);
  });

  it('still died when a process did', () => {
    expect(scored({ until: 30, ended: undefined, events: [DEATH] }).verdict).toBe('died');
  });

  it.each([0, 3, 13, 20, 33, 40, 55, 57])('never survives nor crashes when cut at %i s', (until) => {
    for (const ended of [undefined, 'interrupted'] as const) {
      expect(scored({ until, ended }).verdict).toBe('invalid');
    }
  });

  it('never survives nor crashes wherever its lines are cut', () => {
    const plan = storyPlan({ bystanders: ['neighbours'] }, { pace: 'quick' });
    const events = eventsOf({
      plan,
      scrape: (second) => ({ indicators: { 'login.success': second * 100, 'process.started': 5 } }),
    });
    const random = sequence(104);
    for (let round = 0; round < 40; round += 1) {
      const kept = 1 + Math.floor(random() * (events.length - 1));
      const recording: Recording = recordingFrom(events.slice(0, kept));
      const { verdict, value, gates } = score(recording);
      expect(verdict, `${kept} of ${events.length} lines`).toBe('invalid');
      expect(value).toBeUndefined();
      expect(gates.filter(({ status }) => status === 'fired')).toEqual([]);
    }
    expect(score(recordingFrom(events)).verdict).toBe('survived');
  });
});
