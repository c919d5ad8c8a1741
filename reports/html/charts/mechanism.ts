import { INDICATORS, type IndicatorName } from '../../../core/indicator.ts';
import { count, sentence } from '../../format.ts';
import type { Layer } from '../../plot/layer.ts';
import type { Reading } from '../../plot/readout.ts';
import { peakOf } from '../../plot/resolution.ts';
import { linearScale } from '../../plot/scale.ts';
import { summedPerSecond } from '../../series/indicator.ts';
import type { Markup } from '../markup.ts';
import type { Page, Shown } from '../page.ts';
import { type Drawing, drawnChart } from './chart.ts';

/** What the documented death has to show in the target's own metrics, and whether it does. */
export function mechanismChart(page: Page): Markup {
  const drawings = page.runs.map(drawing);
  const peak = peakOf(drawings.flatMap(({ readings }) => readings.map(({ values }) => values)));
  return drawnChart(page, {
    id: 'mechanism',
    title: 'The mechanism',
    reading: "from the target's own metrics, added up over its sources",
    scale: linearScale(peak, count),
    height: 220,
    keyed: true,
    drawings,
  });
}

function drawing(run: Shown): Drawing {
  const { recording, score } = run;
  const [{ indicator, over }] = recording.plan.profile.mechanism.signs;
  const values = (name: IndicatorName) => summedPerSecond(recording.scrapes, name);
  const part = values(indicator);
  const whole = over && values(over);
  const layers: Layer[] = [];
  const readings: Reading[] = [];
  if (over && whole && whole.length > 0) {
    layers.push({ is: 'line', name: worded(over), ink: 'offered', dash: 'solid', values: whole });
    readings.push({ name: over, values: whole, format: count });
  }
  if (part.length > 0) {
    layers.push({ is: 'line', name: worded(indicator), ink: 'failed', dash: 'dashed', values: part, filled: 'below' });
    readings.push({ name: indicator, values: part, format: count });
  }
  return { run, finding: sentence(score.mechanism.says), layers, readings };
}

function worded(name: IndicatorName): string {
  return `${INDICATORS[name].says}${INDICATORS[name].kind === 'counter' ? ', per second' : ''}`;
}
