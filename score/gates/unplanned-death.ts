import { SURVIVAL } from '../../core/constants.ts';
import type { Scrape } from '../../core/event.ts';
import type { Recording } from '../../core/recording.ts';
import type { Evidence, Gate } from '../../core/score.ts';
import { inOrder, sourcesOf } from '../series.ts';
import { counted, seconds } from '../spoken.ts';

/**
 * Fires when a process of the target ended or restarted. No fault of a plan ends a process, so nobody targeted it.
 * Restarts are seen by a start time that moved, whether or not a scrape failed in between.
 */
export function unplannedDeath({ deaths, scrapes }: Recording): Gate {
  const name = 'unplanned-death';
  const ends = deaths
    .toSorted((a, b) => a.at - b.at)
    .map(
      ({ at, process, says }): Evidence => ({
        says: `${process} ended at ${seconds(at)}: ${says}`,
        from: 'supervisor',
      }),
    );
  const restarts = sourcesOf(scrapes).flatMap((source) => restartsOf(source, scrapes));
  const evidence = [...ends, ...restarts];
  const [first] = evidence;
  if (first) {
    const more = evidence.length > 1 ? ` (and ${counted(evidence.length - 1, 'more sighting')})` : '';
    return { name, status: 'fired', says: `a process of the target died: ${first.says}${more}`, evidence };
  }
  if (scrapes.some(({ indicators }) => indicators['process.started'] !== undefined))
    return { name, status: 'held', says: 'no process of the target ended or restarted', evidence };
  return {
    name,
    status: 'not covered',
    says: 'no death was reported, but the target does not tell when its processes started',
    evidence,
  };
}

/**
 * Where a source's start time moves to a later one. Values that come and go are several instances behind one address,
 * and what moves by less than a clock may jump is the clock.
 */
function restartsOf(source: string, scrapes: readonly Scrape[]): Evidence[] {
  const own = inOrder(scrapes).filter((scrape) => scrape.source === source);
  const told = own.flatMap(({ at, indicators }) => {
    const started = indicators['process.started'];
    return started === undefined ? [] : [{ at, started }];
  });
  return told.flatMap(({ at, started }, index): Evidence[] => {
    const before = told[index - 1];
    if (!before || started - before.started <= SURVIVAL.clockJump / 1_000) return [];
    const seen = told.slice(0, index).some((earlier) => earlier.started === started);
    const comesBack = told.slice(index).some((later) => later.started === before.started);
    if (seen || comesBack) return [];
    const failed = own.filter((scrape) => scrape.up === 0 && scrape.at > before.at && scrape.at < at).length;
    const after = failed > 0 ? `, after ${counted(failed, 'failed scrape')}` : '';
    const moved = `its start time moved from ${clock(before.started)} to ${clock(started)}`;
    return [{ says: `${source} had restarted at ${seconds(at)}${after}: ${moved}`, from: 'target' }];
  });
}

function clock(secondsSince1970: number): string {
  const date = new Date(secondsSince1970 * 1_000);
  return Number.isNaN(date.getTime()) ? String(secondsSince1970) : date.toISOString();
}
