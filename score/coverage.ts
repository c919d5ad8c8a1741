import { SURVIVAL } from '../core/constants.ts';
import type { FaultEvent } from '../core/event.ts';
import type { Component, Coverage, Entitlement } from '../core/score.ts';
import type { SpannedAgreement } from './agreement.ts';
import { faultStories } from './faults.ts';
import type { Measured } from './measured.ts';
import { number, percent, seconds } from './spoken.ts';

/**
 * How much of what had to be judged could be: the share of the components' weight that has data, times the share of
 * the planned faults proven to bite, times the smaller over the larger count of the class on which the target's own
 * successes and the clients' differ most, if by more than 5 %.
 */
export function coverageOf(
  { recording, entitlements }: Measured,
  components: readonly Component[],
  agreements: readonly SpannedAgreement[],
): Coverage {
  const judged = new Set(recording.plan.classes.filter(({ weight }) => weight > 0).map(({ name }) => name));
  const stories = faultStories(recording);
  const proven = stories.length > 0 ? stories.filter((story) => story.proven).length / stories.length : 1;
  const agreed = Math.min(1, ...agreements.filter(({ agrees }) => !agrees).map(shareAgreed));
  return {
    value: shareWithData(components) * proven * agreed,
    says: [
      ...components.filter(({ value }) => value === undefined).map(({ name, says }) => `${name}: ${says}`),
      ...stories.filter((story) => !story.proven).map(({ name, events }) => `fault ${name}: ${lastOf(events)}`),
      ...agreements.flatMap(disagreement),
      ...recording.plan.uncovered.map(
        ({ scenario, lacks, partly }) =>
          `scenario ${scenario} ${partly ? `goes without ${lacks.join(', ')}` : 'left out'}: the target does not offer ${partly ? 'that' : lacks.join(', ')}`,
      ),
      ...entitlements.filter(({ class: name }) => judged.has(name)).flatMap(ownBest),
    ],
  };
}

function lastOf(events: readonly FaultEvent[]): string {
  const last = events.at(-1);
  return last ? `${last.state} (${last.says})` : 'never attempted';
}

function shareWithData(components: readonly Component[]): number {
  const weightOf = (some: readonly Component[]) => some.reduce((sum, { weight }) => sum + weight, 0);
  const declared = weightOf(components);
  return declared > 0 ? weightOf(components.filter(({ value }) => value !== undefined)) / declared : 0;
}

function shareAgreed({ target, client }: SpannedAgreement): number {
  return Math.min(target, client) / Math.max(target, client);
}

function disagreement({ class: name, target, client, agrees, from, to, covers }: SpannedAgreement): string[] {
  const counts = `the target counted ${number(target)} successes, the clients ${number(client)}`;
  return [
    ...(agrees ? [] : [`${name}: ${counts}, more than ${percent(SURVIVAL.agreement)} apart`]),
    ...(covers ? [] : [`${name}: the target's own count covers only ${seconds(from)} to ${seconds(to)} of the run`]),
  ];
}

function ownBest({ class: name, source, mostOffered, mostServed }: Entitlement): string[] {
  if (source === 'declared') return [];
  return [
    `${name}: no capacity is declared, so the target is judged by its own best: at most ${number(mostServed, 1)}/s served, ${number(mostOffered, 1)}/s offered`,
  ];
}
