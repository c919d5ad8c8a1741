import { SURVIVAL } from '../../../core/constants.ts';
import type { QualityPoint } from '../../../core/score.ts';
import { percent, sentence } from '../../format.ts';
import { rowsOf } from '../../plot/fit.ts';
import type { Dash, Layer, Line } from '../../plot/layer.ts';
import type { Reading } from '../../plot/readout.ts';
import { type Values, valuesOf } from '../../plot/resolution.ts';
import { linearScale } from '../../plot/scale.ts';
import type { Markup } from '../markup.ts';
import { momentsOf } from '../moments.ts';
import type { Page, Shown } from '../page.ts';
import { type Drawing, drawnChart } from './chart.ts';

/** Bystander cohorts beyond these are in the score, not in the plot; the strokes of more could not be told apart. */
const MOST_COHORTS = 3;
const DASHES: readonly Dash[] = ['dashed', 'dotted', 'long'];

/** Quality over time, of the people the storm is about and of those nobody targeted. */
export function qualityChart(page: Page): Markup {
  return drawnChart(page, {
    id: 'quality',
    title: 'Quality over time',
    reading: 'share of the people entitled to service who got it in time, against the baseline',
    scale: linearScale(1, (value) => percent(value)),
    height: 220,
    drawings: page.runs.map((run) => drawing(run, page.seconds)),
  });
}

function drawing(run: Shown, seconds: number): Drawing {
  const { quality } = run.score;
  const primary = pointsOf(quality, (point) => point.primary);
  const cohorts = [...new Set(quality.flatMap(({ bystanders }) => Object.keys(bystanders)))];
  const shown = cohorts.slice(0, MOST_COHORTS);
  const aside = shown.map((name) => ({ name, values: pointsOf(quality, ({ bystanders }) => bystanders[name]) }));
  const name = stormed(run);
  const main: Line = { is: 'line', name, ink: 'good', dash: 'solid', values: primary, filled: 'above' };
  const layers: Layer[] = [
    { is: 'rule', value: SURVIVAL.recovered, label: `back at ${percent(SURVIVAL.recovered)}` },
    ...aside.map(
      ({ name: cohort, values }, place): Line => ({
        is: 'line',
        name: cohort,
        ink: 'aside',
        dash: DASHES[place] ?? 'dashed',
        values,
      }),
    ),
    main,
    ...markers(run, seconds),
  ];
  const readings: Reading[] = [{ name, values: primary }, ...aside].map((line) => ({ ...line, format: percent }));
  return { run, finding: findingOf(run, cohorts.length - shown.length), layers, readings };
}

function markers({ recording, score }: Shown, seconds: number): Layer[] {
  const { moments } = momentsOf(recording, score);
  const rows = rowsOf(
    moments.map(({ second }) => second),
    seconds,
  );
  return moments.map(({ letter, second }, place) => ({ is: 'marker', second, label: letter, row: rows[place] ?? 0 }));
}

/** What to call the people the storm is about. */
function stormed({ recording }: Shown): string {
  const [first, ...others] = recording.plan.cohorts.filter(({ role }) => role === 'primary');
  return first && others.length === 0 ? first.name : 'the stormed';
}

function pointsOf(quality: readonly QualityPoint[], pick: (point: QualityPoint) => number | undefined): Values {
  return valuesOf(quality.map((point) => [point.second, pick(point)]));
}

function findingOf({ score }: Shown, left: number): string {
  const told = score.components.filter(({ name }) => name === 'absorb' || name === 'recover').map(({ says }) => says);
  const more = left > 0 ? [`${left} more bystander cohorts are in the score, not in the plot`] : [];
  return sentence([...told, ...more].join('; '));
}
