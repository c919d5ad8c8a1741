import type { RunEvent } from '../../core/event.ts';
import type { Judged } from '../../reports/judged.ts';
import { collapsedRun, recordingOf } from './report-fixtures.ts';
import { fixedScore } from './report-scores.ts';

/** A run of which everything that a target or a configuration may name is called `name`. */
export function hostileRun(name: string): Judged {
  const events: RunEvent[] = [
    ...collapsedRun().map((event) => renamed(event, name)),
    { kind: 'note', at: 5_000, says: name },
    { kind: 'death', at: 5_000, process: name, says: name },
  ];
  const score = fixedScore({
    because: name,
    partial: name,
    bottleneck: [{ says: name, from: 'target' }],
    figures: [{ what: 'growth of the load', documented: name, measured: name }],
    quality: [{ second: 3, primary: 1, bystanders: { [name]: 1 } }],
  });
  return { recording: recordingOf(events), score };
}

function renamed(event: RunEvent, name: string): RunEvent {
  if (event.kind === 'bin' || event.kind === 'traffic') return { ...event, cohort: `${name}${event.cohort}` };
  if (event.kind === 'scrape') return { ...event, source: name };
  if (event.kind !== 'opened') return event;
  const { plan, target, machine } = event;
  const incident = { ...plan.profile.incident, trigger: name, damage: name, source: name };
  const cohorts = plan.cohorts.map((cohort) => ({ ...cohort, name: `${name}${cohort.name}` }));
  return {
    ...event,
    target: { ...target, name },
    machine: { ...machine, cpu: name },
    plan: { ...plan, cohorts, profile: { ...plan.profile, title: name, incident } },
  };
}
