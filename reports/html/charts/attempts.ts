import type { ScoredClass } from '../../../core/plan.ts';
import { amount, count } from '../../format.ts';
import type { Layer } from '../../plot/layer.ts';
import { peakOf } from '../../plot/resolution.ts';
import { linearScale } from '../../plot/scale.ts';
import { perSecond, primaryBins, primaryTraffic, within } from '../../series/people.ts';
import { tallyOf } from '../../tally.ts';
import type { Markup } from '../markup.ts';
import type { Page, Shown } from '../page.ts';
import { type Drawing, drawnChart } from './chart.ts';

/** Attempts beside arrivals: how much of the load people make by trying again. */
export function attemptsChart(page: Page, { name }: ScoredClass): Markup {
  const drawings = page.runs.map((run) => drawing(run, name));
  const peak = peakOf(drawings.flatMap(({ readings }) => readings.map(({ values }) => values)));
  return drawnChart(page, {
    id: `attempts-${name}`,
    title: `Trying again: ${name}`,
    reading: 'attempts per second, by when they ended, beside arrivals',
    scale: linearScale(peak, count),
    drawings,
  });
}

function drawing(run: Shown, name: ScoredClass['name']): Drawing {
  const attempts = perSecond(primaryTraffic(run.recording, name), (bin) => bin.attempts);
  const arrivals = perSecond(primaryBins(run.recording, name), (bin) => bin.offered);
  const layers: Layer[] = [
    { is: 'line', name: 'attempts', ink: 'failed', dash: 'solid', values: attempts, filled: 'below' },
    { is: 'line', name: 'arrivals', ink: 'offered', dash: 'dashed', values: arrivals },
  ];
  return {
    run,
    finding: findingOf(run, name),
    layers: attempts.length > 0 ? layers : [],
    readings: [
      { name: 'attempts', values: attempts, format: count },
      { name: 'arrivals', values: arrivals, format: count },
    ],
  };
}

function findingOf({ recording, timeline }: Shown, name: ScoredClass['name']): string {
  const told = (['baseline', 'storm', 'recovery'] as const).flatMap((phase) => {
    const { offered, dropped, attempts } = tallyOf(within(primaryBins(recording, name), timeline, phase));
    return offered > dropped ? [`${amount(attempts / (offered - dropped))} in the ${phase}`] : [];
  });
  return told.length === 0 ? 'Nobody tried.' : `Attempts a person makes: ${told.join(', ')}.`;
}
