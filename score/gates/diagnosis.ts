import type { FailureKind } from '../../core/failure.ts';
import type { Ending } from '../../core/profile.ts';
import type { Recording } from '../../core/recording.ts';
import type { Evidence } from '../../core/score.ts';
import { type Probe, probeOf } from '../probe-steps.ts';
import { counted, number, percent, seconds } from '../spoken.ts';

/** What the probe says of a target that did not recover. */
export interface Diagnosis {
  readonly kind: Ending;
  readonly says: string;
  readonly evidence: readonly Evidence[];
}

/**
 * METASTABLE: it recovers once base load has been cut. DOWN: nothing answers. STUCK: it answers, but no cut down to the
 * last planned level helps. UNPROBED: it was not tried, or not to the end, so none of these can be said.
 */
export function diagnosed(recording: Recording): Diagnosis {
  const probe = probeOf(recording);
  if (!probe || probe.steps.length === 0)
    return { kind: 'UNPROBED', says: 'no load cut was tried, so what would bring it back is not known', evidence: [] };
  const cure = probe.steps.find(({ recovered }) => recovered === true);
  if (cure) {
    const cut = `cut to ${percent(cure.level)} for ${seconds(cure.held)}`;
    return {
      kind: 'METASTABLE',
      says: `it came back only after base load was ${cut}, so the overload kept itself alive`,
      evidence: [{ says: `itself again under the full base load, once that had been ${cut}`, from: 'client' }],
    };
  }
  const answers = answersDuring(probe, recording);
  const evidence = [...tried(probe), ...answers.evidence];
  if (!answers.any)
    return { kind: 'DOWN', says: 'it answered nothing any more, however little was asked of it', evidence };
  const lowest = recording.plan.probe.levels.at(-1);
  if (!probe.steps.some(({ level, recovered }) => level === lowest && recovered === false))
    return { kind: 'UNPROBED', says: 'the probe ended early, so what would bring it back is not known', evidence };
  return { kind: 'STUCK', says: 'it still answers, but no load cut brought it back: it takes a restart', evidence };
}

function tried({ steps }: Probe): Evidence[] {
  const cuts = steps.map(({ level }) => percent(level)).join(', ');
  return [{ says: `still not itself after base load was cut to ${cuts}`, from: 'client' }];
}

/** Failures that are answers: somebody was there to give them. */
const ANSWERS: readonly FailureKind[] = ['shed', 'denied', 'granted', 'status', 'protocol', 'late'];

function answersDuring(
  { from, to }: Probe,
  { traffic, scrapes, target: { metrics } }: Recording,
): { any: boolean; evidence: Evidence[] } {
  const attempts = traffic.filter(({ second }) => second * 1_000 >= from && second * 1_000 < to);
  const made = attempts.reduce((sum, bin) => sum + bin.attempts, 0);
  const answered = attempts.reduce(
    (sum, { succeeded, failed }) => sum + succeeded + ANSWERS.reduce((some, kind) => some + (failed[kind] ?? 0), 0),
    0,
  );
  // A Prometheus server that answers says nothing of whether the target does.
  const atSecondHand = new Set(metrics.filter(({ oldest }) => oldest !== undefined).map(({ name }) => name));
  const looks = scrapes.filter(({ at, source }) => at >= from && at < to && !atSecondHand.has(source));
  const up = looks.filter((scrape) => scrape.up === 1).length;
  const client: Evidence = {
    says: `${number(answered)} of ${counted(made, 'attempt')} in the probe got an answer`,
    from: 'client',
  };
  const target: Evidence = {
    says: `${number(up)} of ${counted(looks.length, 'scrape')} in the probe succeeded`,
    from: 'target',
  };
  return { any: answered + up > 0, evidence: looks.length > 0 ? [client, target] : [client] };
}
