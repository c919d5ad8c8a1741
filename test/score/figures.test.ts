import { expect, it } from 'vitest';
import { score } from '../../score/score.ts';
import { inPhases, recordingOf, type Story, storyPlan } from '../support/recordings.ts';

const PLAN = storyPlan({}, { pace: 'quick', scale: 1, capacity: { login: 10_000 } });

function measuredOf(story: Story) {
  return score(recordingOf({ plan: PLAN, ...story })).figures.map(({ measured }) => measured);
}

it('stand beside the documented ones, measured', () => {
  const judged = score(
    recordingOf({
      plan: PLAN,
      offered: (second) => (second >= 20 && second < 33 ? 1_000 : 100),
      quality: inPhases(PLAN, { storm: () => 0.25, recovery: (second) => (second < 5 ? 0 : 1) }),
    }),
  );
  expect(judged.figures).toEqual([
    { what: 'growth of the load', documented: '10x', measured: '10.0x' },
    { what: 'sign-ins served', documented: 'few', measured: '25 %' },
    { what: 'damage after the storm', documented: '12 hours', measured: '5 s' },
  ]);
});

it('tell of each cohort that came with the storm', () => {
  const wave = (name: string) =>
    ({ name, journey: 'login', cohort: name, role: 'storm', executor: 'constant-arrival-rate', rate: 50 }) as const;
  const figures = [{ what: 'waves', documented: 'few', measured: 'served-by-cohort' }] as const;
  const { profile } = PLAN;
  const plan = storyPlan(
    {
      incident: { ...profile.incident, figures },
      scenarios: [...profile.scenarios, wave('eastern'), wave('central'), wave('pacific')],
    },
    { pace: 'quick', scale: 1 },
  );
  const bin = (cohort: string, good: number) => {
    const counts = { offered: 50, good, first: good, eventual: good, shed: 0, dropped: 0, attempts: 50 };
    const key = { second: 15, scenario: cohort, class: 'login', cohort } as const;
    return { kind: 'bin', ...key, ...counts, failed: {}, latency: [] } as const;
  };
  const judged = score(recordingOf({ plan, events: [bin('eastern', 40), bin('central', 5)] }));
  expect(judged.figures).toEqual([{ what: 'waves', documented: 'few', measured: 'eastern 80 %, central 10 %' }]);
  expect(score(recordingOf({ plan: PLAN })).figures).toHaveLength(3);
});

it('take the highest five seconds of the load, not the highest one', () => {
  expect(measuredOf({ offered: (second) => (second === 20 ? 600 : 100) })[0]).toBe('2.0x');
});

it('leave out classes that do not count', () => {
  const key = { second: 20, scenario: 'logins', class: 'chat', cohort: 'everybody' } as const;
  const counts = { offered: 5_000, good: 0, first: 0, eventual: 0, shed: 0, dropped: 0, attempts: 5_000 };
  const events = [{ kind: 'bin', ...key, ...counts, failed: { timeout: 5_000 }, latency: [] }] as const;
  expect(measuredOf({ events }).slice(0, 2)).toEqual(['1.0x', '100 %']);
});

it('say that the damage was not over, and for how long that is known', () => {
  const quality = inPhases(PLAN, { recovery: () => 0 });
  expect(measuredOf({ quality })[2]).toBe('not over when the recovery ended, 24 s later');
  expect(measuredOf({ quality, until: 48, ended: 'interrupted' })[2]).toBe(
    'not over when the recording ended, 10 s later',
  );
});

it('say so where nothing was measured', () => {
  expect(measuredOf({ until: 10, ended: 'interrupted' })).toEqual(['not measured', 'not measured', 'not measured']);
});
