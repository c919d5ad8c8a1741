import type { FailureKind } from '../../../core/failure.ts';
import type { ScoredClass } from '../../../core/plan.ts';
import { count, percent } from '../../format.ts';
import type { Ink, Layer } from '../../plot/layer.ts';
import { peakOf, type Values } from '../../plot/resolution.ts';
import { linearScale } from '../../plot/scale.ts';
import { perSecond, primaryBins, within } from '../../series/people.ts';
import { tallyOf } from '../../tally.ts';
import { FAILURES } from '../../vocabulary.ts';
import type { Markup } from '../markup.ts';
import type { Page, Shown } from '../page.ts';
import { type Drawing, drawnChart } from './chart.ts';

/** Everybody who was due, second by second, and what became of them. */
export function peopleChart(page: Page, { name }: ScoredClass): Markup {
  const offered = page.runs.map(({ recording }) => perSecond(primaryBins(recording, name), (bin) => bin.offered));
  return drawnChart(page, {
    id: `people-${name}`,
    title: `What became of them: ${name}`,
    reading: 'people per second, by when they were due',
    scale: linearScale(peakOf(offered), count),
    height: 220,
    drawings: page.runs.map((run) => drawing(run, name)),
  });
}

function drawing(run: Shown, name: ScoredClass['name']): Drawing {
  const bins = primaryBins(run.recording, name);
  const failures = (failed: Readonly<Partial<Record<string, number>>>) =>
    Object.values(failed).reduce<number>((sum, value) => sum + (value ?? 0), 0);
  const good = perSecond(bins, (bin) => bin.good);
  const shed = perSecond(bins, (bin) => bin.shed);
  const failed = perSecond(bins, (bin) => failures(bin.failed));
  const offered = perSecond(bins, (bin) => bin.offered);
  const rest = offered.map((value, second) =>
    value === undefined ? undefined : value - (good[second] ?? 0) - (shed[second] ?? 0) - (failed[second] ?? 0),
  );
  const parts: { name: string; ink: Ink; values: Values }[] = [
    { name: 'good: in time', ink: 'good', values: good },
    { name: 'shed: refused at once', ink: 'shed', values: shed },
    { name: 'failed', ink: 'failed', values: failed },
  ];
  if (peakOf([rest]) > 0) parts.push({ name: 'dropped or pending', ink: 'third', values: rest });
  const layers: Layer[] = offered.length > 0 ? [{ is: 'stack', parts }] : [];
  const named = (label: string, values: Values) => ({ name: label, values, format: (value: number) => count(value) });
  return {
    run,
    finding: findingOf(run, name),
    layers,
    readings: [named('offered', offered), named('good', good), named('shed', shed), named('failed', failed)],
  };
}

function findingOf({ recording, timeline }: Shown, name: ScoredClass['name']): string {
  const bins = within(primaryBins(recording, name), timeline, 'storm');
  const { offered, good, shed, failed, kinds } = tallyOf(bins);
  if (offered === 0) return 'Nobody was due in the storm.';
  const share = (part: number) => percent(part / offered);
  const [worst] = (Object.entries(kinds) as [FailureKind, number][]).sort(([, a], [, b]) => b - a);
  const mostly = worst ? ` (most often: ${FAILURES[worst[0]] ?? worst[0]})` : '';
  const shares = `${share(good)} were served in time, ${share(shed)} were refused at once, and ${share(failed)} failed`;
  return `Of ${count(offered)} people due in the storm ${shares}${mostly}.`;
}
