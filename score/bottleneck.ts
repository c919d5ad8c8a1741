import type { Scrape } from '../core/event.ts';
import { INDICATORS, type IndicatorName } from '../core/indicator.ts';
import { phaseOf } from '../core/plan.ts';
import type { Recording } from '../core/recording.ts';
import type { Evidence } from '../core/score.ts';
import { inOrder, levelOf, sourcesOf } from './series.ts';
import { number } from './spoken.ts';

/** Where work waits, and what part of it is told apart; a queue that grows stands before the bottleneck. */
const QUEUES: readonly { readonly queue: IndicatorName; readonly part?: IndicatorName }[] = [
  { queue: 'login.queue', part: 'login.queue.departed' },
  { queue: 'database.pool.waiting' },
];

/** What is worth telling beside the queues: it says what is scarce, but not who waits for it. */
const PRESSURES: readonly IndicatorName[] = ['database.pool.used', 'requests.active', 'eventloop.lag'];

/**
 * What of the target's own metrics rose above anything seen in the baseline, queues first and the longest of them at
 * the top: where work piled up in the storm or the recovery. Empty when nothing rose, or nothing was told.
 */
export function bottleneckOf(recording: Recording): Evidence[] {
  const sources = sourcesOf(recording.scrapes).map((source) => ({
    source,
    scrapes: inOrder(recording.scrapes).filter((scrape) => scrape.source === source && scrape.up === 1),
  }));
  const queues = sources
    .flatMap(({ source, scrapes }) =>
      QUEUES.flatMap(({ queue, part }) => peakOf(recording, source, scrapes, queue, part)),
    )
    .sort((a, b) => b.value - a.value);
  const pressures = sources.flatMap(({ source, scrapes }) =>
    PRESSURES.flatMap((gauge) => peakOf(recording, source, scrapes, gauge)),
  );
  const processors = sources.flatMap(({ source, scrapes }) => processorOf(recording, source, scrapes));
  return [...queues, ...pressures, ...processors].map(({ says }) => ({ says, from: 'target' }));
}

interface Rise {
  readonly value: number;
  readonly says: string;
}

function peakOf(
  { plan }: Recording,
  source: string,
  scrapes: readonly Scrape[],
  gauge: IndicatorName,
  part?: IndicatorName,
): Rise[] {
  const [baseline, storm, recovery] = [phaseOf(plan, 'baseline'), phaseOf(plan, 'storm'), phaseOf(plan, 'recovery')];
  const peak = highest(scrapes, gauge, storm.from, recovery.to);
  const before = highest(scrapes, gauge, baseline.from, baseline.to)?.value;
  if (!peak || peak.value <= (before ?? 0)) return [];
  const { at, indicators } = peak.scrape;
  const where = `at ${number(at / 1_000)} s, in the ${at < storm.to ? 'storm' : 'recovery'}`;
  const compared = before === undefined ? 'not known in the baseline' : `at most ${number(before, 2)} in the baseline`;
  const some = part === undefined ? undefined : indicators[part];
  const told = part === undefined || some === undefined ? '' : `, ${number(some)} of them ${ofThem(part)}`;
  return [{ value: peak.value, says: `${source}: ${amount(peak.value, gauge)}${told} (${where}; ${compared})` }];
}

/** The highest a gauge stood between two moments, as exactly as it is told: what looks alike did not rise. */
function highest(scrapes: readonly Scrape[], gauge: IndicatorName, from: number, to: number) {
  const decimals = INDICATORS[gauge].unit === 's' ? 2 : 0;
  return scrapes
    .filter(({ at }) => at >= from && at < to)
    .flatMap((scrape) => {
      const value = scrape.indicators[gauge];
      return value === undefined ? [] : [{ scrape, value: Number(value.toFixed(decimals)) }];
    })
    .reduce<{ readonly scrape: Scrape; readonly value: number } | undefined>(
      (top, one) => (top && top.value >= one.value ? top : one),
      undefined,
    );
}

function amount(value: number, gauge: IndicatorName): string {
  const { unit, says } = INDICATORS[gauge];
  return unit === 's' ? `${number(value, 2)} s of ${says}` : `${number(value)} ${says}`;
}

function ofThem(part: IndicatorName): string {
  return INDICATORS[part].says.replace('of these, ', '');
}

function processorOf({ plan }: Recording, source: string, scrapes: readonly Scrape[]): Rise[] {
  const [baseline, storm] = [phaseOf(plan, 'baseline'), phaseOf(plan, 'storm')];
  const before = levelOf(scrapes, 'process.cpu', baseline.from, baseline.to);
  const during = levelOf(scrapes, 'process.cpu', storm.from, storm.to);
  if (during === undefined || Number(during.toFixed(2)) <= Number((before ?? 0).toFixed(2))) return [];
  const compared = before === undefined ? '' : ` (${number(before, 2)} in the baseline)`;
  return [{ value: during, says: `${source}: ${number(during, 2)} CPU seconds a second in the storm${compared}` }];
}
