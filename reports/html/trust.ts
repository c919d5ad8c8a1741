import type { Agreement, Entitlement, Score } from '../../core/score.ts';
import { count, percent, points, sentence } from '../format.ts';
import { generatorCharts } from './charts/generator.ts';
import { type Content, html, type Markup } from './markup.ts';
import type { Page, Shown } from './page.ts';
import { facts, list, ofEachRun, section } from './section.ts';

/** Notes beyond these are in the recording; a page full of them would bury the others. */
const MOST_NOTES = 20;

/** Whether the run is to be believed: validity, coverage, confidence, agreement, and the generator's own health. */
export function trust(page: Page): Markup {
  return section(
    'trust',
    'How far to trust this',
    html`
      ${ofEachRun(page, trustIn)}
      <h3>The generator <small>a late or starved generator measures itself</small></h3>
      ${generatorCharts(page)}`,
  );
}

function trustIn({ recording, score }: Shown): Markup {
  const { coverage, agreement, entitlements } = score;
  return facts([
    ['Validity', validity(score)],
    ['Coverage', html`<b>${percent(coverage.value)}</b>${coverage.says.length > 0 && list(coverage.says)}`],
    ['Confidence', confidence(score)],
    ['Agreement', agreement.length > 0 ? list(agreement.map(agreed)) : undefined],
    ['Entitlement', entitlements.length > 0 ? list(entitlements.map(entitled)) : undefined],
    ['Notes', recording.notes.length > 0 ? notes(recording.notes) : undefined],
  ]);
}

function validity({ validity: reasons, verdict }: Score): Markup {
  if (reasons.length === 0) return html`<b>Valid.</b> The baseline was steady, and the generator kept its pace.`;
  const why = reasons.map(({ name, says, environmental }) => {
    const again = environmental && ' The machine it ran on is to blame: running again may help.';
    return html`<code>${name}</code> ${sentence(says)}${again}`;
  });
  const proves =
    verdict === 'invalid'
      ? 'Invalid: this run proves nothing.'
      : 'Not valid: there is no score, only the gate that fired.';
  return html`<b>${proves}</b>${list(why)}`;
}

function confidence({ confidence: interval }: Score): Markup | undefined {
  return interval && html`<b>S from ${points(interval.low)} to ${points(interval.high)}.</b> ${interval.says}`;
}

function agreed({ class: name, target, client, agrees }: Agreement): Content {
  const counts = `${name}: the target counted ${count(target)} successes, its users ${count(client)}.`;
  return html`${counts} ${agrees ? 'They agree.' : html`<b>They disagree.</b>`}`;
}

function entitled({ class: name, capacity, source, mostOffered, mostServed }: Entitlement): Content {
  const held = capacity === undefined ? 'no capacity is known' : `held to ${count(capacity)} per second (${source})`;
  return `${name}: ${held}; offered ${count(mostOffered)} and served ${count(mostServed)} at most.`;
}

function notes(told: Shown['recording']['notes']): Markup {
  const shown = told.slice(0, MOST_NOTES).map(({ at, says }) => `${Math.round(at / 1_000)} s: ${says}`);
  const left = told.length - shown.length;
  return list(left > 0 ? [...shown, `${count(left)} more are in the recording.`] : shown);
}
