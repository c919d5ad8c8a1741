import { commandOf } from '../command.ts';
import { amount, bytes, moment } from '../format.ts';
import { html, type Markup } from './markup.ts';
import type { Page, Shown } from './page.ts';
import { facts, ofEachRun, section } from './section.ts';

/** How to get this run again, and on what it was made. */
export function reproduce(page: Page): Markup {
  const demonstration = page.runs.length > 1;
  const [command] = page.runs.map(({ recording }) => commandOf(recording, demonstration));
  return section(
    'reproduce',
    'How to reproduce',
    html`
      <pre><code>${command}</code></pre>
      <p class="lead">
        The same seed gives the same people, passwords, pauses and choices. Times and counts of the target will differ from
        run to run.
      </p>
      ${ofEachRun(page, factsOf)}`,
  );
}

/** Capacity is arrivals per second, but for classes that last. */
const CAPACITY_UNITS: Readonly<Record<string, string>> = { join: ' at once', media: ' at once' };

function factsOf({ recording, score }: Shown): Markup {
  const { plan, machine, startedAt, closed, target } = recording;
  const capacity = Object.entries(plan.capacity).map(
    ([name, value]) => `${name} ${value}${CAPACITY_UNITS[name] ?? '/s'}`,
  );
  const versions = [
    `stormtest ${machine.stormtest}`,
    score.version,
    plan.version,
    'recording/1',
    `Node ${machine.node}`,
  ];
  return facts([
    ['profile', plan.profile.name],
    ['target', target.name],
    ['started', moment(startedAt)],
    ['ended', closed ? closed.reason : 'the recording was cut off'],
    ['seed', plan.seed],
    ['pace, scale', `${plan.pace}, ${amount(plan.scale)}`],
    ['capacity', capacity.length > 0 ? capacity.join(', ') : 'not declared'],
    ['versions', versions.join(', ')],
    ['machine', `${machine.platform}, ${machine.cores} × ${machine.cpu}, ${bytes(machine.memoryBytes)}`],
  ]);
}
