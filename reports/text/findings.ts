import type { Comings } from '../../core/event.ts';
import { ENTRY_PHASES, type EntryPhase } from '../../core/media.ts';
import type { Recording } from '../../core/recording.ts';
import type { FigureBeside, Score } from '../../core/score.ts';
import { amount, count, percent, points } from '../format.ts';
import type { Judged } from '../judged.ts';
import { type MediaSummary, summaryOf } from '../series/media.ts';
import { ofRole } from '../series/people.ts';
import { phaseOfSecond, timelineOf } from '../timeline.ts';
import { type Line, piece } from './line.ts';
import { wrapped } from './wrap.ts';

const LABEL = 13;

/** Whether the run is to be believed, how much it covered, and what the target says of itself. */
export function findings({ recording, score }: Judged, width: number): Line[] {
  return [
    ...validity(score, width),
    ...fact('Coverage', percent(score.coverage.value), width),
    ...score.coverage.says.flatMap((says) => fact('', says, width)),
    ...(score.confidence ? fact('Confidence', confidence(score.confidence), width) : []),
    ...fact('Mechanism', `${score.mechanism.status}: ${score.mechanism.says}`, width),
    ...listed('Media', media(recording), width),
    ...listed('Bottleneck', bottleneck(score), width),
    ...listed('Surge', surge(score), width),
    ...listed('Agreement', score.agreement.map(agreed), width),
  ];
}

/** The documented figures beside this run's. */
export function figures(beside: readonly FigureBeside[], width: number): Line[] {
  return beside.flatMap(({ what, documented, measured }) => [
    ...wrapped([piece('  ')], what, width, { style: 'dim' }),
    ...wrapped([piece('    documented  ')], documented, width),
    ...wrapped([piece('    this run    ', 'bold')], measured, width, { style: 'bold' }),
  ]);
}

function validity({ validity: reasons }: Score, width: number): Line[] {
  if (reasons.length === 0)
    return fact('Validity', 'valid: the generator kept its pace and the baseline was steady', width);
  const told = reasons.map(({ name, says, environmental }) => {
    const again = environmental ? ' (the machine is to blame: running again may help)' : '';
    return `INVALID, ${name}: ${says}${again}`;
  });
  return listed('Validity', told, width);
}

/** What the people of the storm heard and saw during it. */
function media(recording: Recording): string[] {
  const spans = timelineOf(recording);
  const summary = summaryOf(
    ofRole(recording, 'primary', recording.media).filter(({ second }) => phaseOfSecond(spans, second) === 'storm'),
  );
  const { participantSeconds, held, mosAtLeast4, audioLoss, freezeRatio, comings, entry, discarded } = summary;
  if (held === undefined) return [];
  const told = [
    `in the storm the quality floor held for ${percent(held)} of ${count(participantSeconds)} participant-seconds`,
    ...(mosAtLeast4 === undefined ? [] : [`mos_est 4 or more for ${percent(mosAtLeast4)}`]),
    ...(audioLoss === undefined ? [] : [`${percent(audioLoss)} of the sound lost`]),
    ...(freezeRatio === undefined ? [] : [`pictures still ${percent(freezeRatio)} of the time`]),
  ];
  return [told.join(', '), ...inBrowsers(summary), ...lost(comings), ...entered(entry), ...useless(discarded)];
}

/** What those of them heard and saw who were in browsers: a decoder knows what packets do not tell. */
function inBrowsers({ browsers, decoded }: MediaSummary): string[] {
  if (browsers?.held === undefined) return [];
  const { held, participantSeconds, freezeRatio } = browsers;
  const told = [
    `in browsers it held for ${percent(held)} of ${count(participantSeconds)} of them`,
    ...(decoded === undefined ? [] : [`${amount(decoded)} frames decoded a second`]),
    ...(freezeRatio === undefined ? [] : [`pictures still ${percent(freezeRatio)} of the time`]),
  ];
  return [told.join(', ')];
}

/** What the media servers sent that was no media, which nobody should have to look for in a recording. */
function useless(discarded: number): string[] {
  if (discarded === 0) return [];
  return [`${count(discarded)} datagrams of the media servers were of no use to anybody, and were passed over`];
}

const STEPS: Readonly<Record<EntryPhase, string>> = {
  auth: 'being accepted',
  signalling: 'signalling',
  description: 'descriptions',
  ice: 'ICE',
  dtls: 'DTLS',
  packet: 'the first packet',
  frame: 'the first frame',
};

/** Each step with those before it. */
function entered(entry: MediaSummary['entry']): string[] {
  const told = ENTRY_PHASES.flatMap((phase) => {
    const took = entry[phase];
    return took ? [`${STEPS[phase]} ${count(Math.round(took.p95))} ms`] : [];
  });
  const { own } = entry;
  const ours = own ? `; of which at most ${count(Math.round(own.p95))} ms may be the generator's own` : '';
  return told.length > 0 ? [`to join took 95 % at most: ${told.join(', ')}${ours}`] : [];
}

function lost(comings: Comings | undefined): string[] {
  if (!comings || comings.lost + comings.moved === 0) return [];
  const { lost, moved, attempts, first, back } = comings;
  const tries =
    attempts > 0
      ? [`tried ${count(attempts)} times to come back, ${count(first)} were at once and ${count(back)} in all`]
      : [];
  return [[`${count(lost)} times somebody lost their seat and ${count(moved)} times it moved`, ...tries].join('; ')];
}

/** The page has them all. */
const MOST_BOTTLENECKS = 3;

function bottleneck({ bottleneck: found }: Score): string[] {
  const told = found.slice(0, MOST_BOTTLENECKS).map(({ says }) => says);
  const left = found.length - told.length;
  return left > 0 ? [...told, `and ${left} more in the report`] : told;
}

/** Which tier gave way first, and what of the documented answers to a surge was seen. */
function surge({ surge: found }: Score): string[] {
  if (!found) return [];
  const first = found.firstTier?.says ?? 'no tier is seen to have given way';
  return [first, ...found.countermeasures.map(({ name, status, says }) => `${name}: ${status.toUpperCase()}, ${says}`)];
}

function confidence({ low, high, says }: NonNullable<Score['confidence']>): string {
  return `S from ${points(low)} to ${points(high)}: ${says}`;
}

function agreed({ class: name, target, client, agrees }: Score['agreement'][number]): string {
  const counts = `${name}: the target counted ${count(target)} successes, its users ${count(client)}`;
  return agrees ? `${counts}; they agree` : `${counts}; THEY DISAGREE`;
}

function listed(label: string, facts: readonly string[], width: number): Line[] {
  return facts.flatMap((says, place) => fact(place === 0 ? label : '', says, width));
}

function fact(label: string, says: string, width: number): Line[] {
  return wrapped([piece(`  ${label.padEnd(LABEL)}`, 'dim')], says, width);
}
