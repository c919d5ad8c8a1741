import type { Opened, RunEvent } from '../../core/event.ts';
import type { Pace, Plan } from '../../core/plan.ts';
import { plan } from '../../core/planning/plan.ts';
import type { Profile } from '../../core/profile.ts';
import { type Recording, RecordingBuilder } from '../../core/recording.ts';
import { OPERATIONS } from '../../core/target.ts';
import { loginStorm } from '../../profiles/login-storm.ts';
import type { Judged } from '../../reports/judged.ts';
import { score } from '../../score/score.ts';
import { BOUNDED, UNBOUNDED } from './simulated-login-queue.ts';
import { simulatedStorm } from './storm-simulation.ts';

/** The login storm on a service whose queue has no bound: it collapses, and a probe finds it metastable. */
export function collapsedRun(made: Plan = stormPlan()): readonly RunEvent[] {
  return [opened('reference:2020', made), ...simulatedStorm(made, UNBOUNDED)];
}

/** The same storm on a service that refuses what it cannot serve: it survives. */
export function survivedRun(made: Plan = stormPlan()): readonly RunEvent[] {
  return [opened('reference:hardened', made), ...simulatedStorm(made, BOUNDED)];
}

/** The plan of both: login-storm as it is, for a service that says it can take 90 logins a second. */
export function stormPlan(pace: Pace = 'quick', profile: Profile = loginStorm): Plan {
  return plan(profile, { pace, seed: 20_200_309, scale: 1.008, capacity: { login: 90 } });
}

/** The login storm drawn out to about a quarter of an hour at natural pace. */
export function longPlan(): Plan {
  const stages = [
    { duration: '30s', target: 225 },
    { duration: '270s', target: 225 },
  ] as const;
  return stormPlan('natural', {
    ...loginStorm,
    phases: { baseline: '180s', storm: '300s', recovery: '300s' },
    scenarios: loginStorm.scenarios.map((scenario) =>
      scenario.executor === 'ramping-arrival-rate' ? { ...scenario, stages } : scenario,
    ),
  });
}

/** Folds events into a recording. */
export function recordingOf(events: readonly RunEvent[]): Recording {
  const builder = new RecordingBuilder();
  for (const event of events) builder.add(event);
  const recording = builder.build();
  if (!recording) throw new Error('these events lack an opening line');
  return recording;
}

/** Folds events into a recording and judges it. */
export function judgedRun(events: readonly RunEvent[]): Judged {
  const recording = recordingOf(events);
  return { recording, score: score(recording) };
}

/** The first line of a recording of the login storm. */
export function opened(target: string, made: Plan = stormPlan()): Opened {
  return {
    kind: 'opened',
    version: 'recording/1',
    startedAt: '2026-03-09T08:00:00.000Z',
    plan: made,
    target: {
      name: target,
      operations: [...OPERATIONS],
      capacity: { login: 90 },
      metrics: [
        { name: 'gateway', url: 'http://127.0.0.1:9100/metrics', indicators: ['login.queue', 'login.success'] },
      ],
    },
    machine: {
      stormtest: '0.1.0',
      node: 'v20.20.2',
      platform: 'linux x64',
      cpu: 'Example CPU',
      cores: 2,
      memoryBytes: 8_000_000_000,
    },
  };
}
