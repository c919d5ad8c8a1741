import { SURVIVAL } from '../../core/constants.ts';
import type { Death, Scrape } from '../../core/event.ts';
import type { Recording } from '../../core/recording.ts';
import type { Evidence, Gate } from '../../core/score.ts';
import { inOrder, sourcesOf } from '../series.ts';
import { counted, seconds } from '../spoken.ts';
import { type Sighting, targeted } from './targeted.ts';

/**
 * Fires when a process of the target ended or restarted that no fault killed. Restarts are seen by a start time that moved,
 * whether or not a scrape failed in between.
 */
export function unplannedDeath(recording: Recording): Gate {
  const name = 'unplanned-death';
  const { deaths, scrapes } = recording;
  const ends = deaths.toSorted((a, b) => a.at - b.at).map(endOf);
  const sightings = [...ends, ...sourcesOf(scrapes).flatMap((source) => restartsOf(source, scrapes))];
  const meant = targeted(sightings, recording);
  const evidence = sightings.map((sighting) => (meant.has(sighting) ? asPlanned(sighting) : sighting.evidence));
  const [first, ...others] = sightings.filter((sighting) => !meant.has(sighting));
  if (first) {
    const more = others.length > 0 ? ` (and ${counted(others.length, 'more sighting')})` : '';
    return { name, status: 'fired', says: `a process of the target died: ${first.evidence.says}${more}`, evidence };
  }
  if (scrapes.some(({ indicators }) => indicators['process.started'] !== undefined)) {
    const but = meant.size > 0 ? ' but what a fault killed' : '';
    return { name, status: 'held', says: `no process of the target ended or restarted${but}`, evidence };
  }
  return {
    name,
    status: 'not covered',
    says: 'no death was reported, but the target does not tell when its processes started',
    evidence,
  };
}

function endOf({ at, process, says }: Death): Sighting {
  const evidence: Evidence = { says: `${process} ended at ${seconds(at)}: ${says}`, from: 'supervisor' };
  return { process, from: at, to: at, evidence };
}

function asPlanned({ evidence: { says, from } }: Sighting): Evidence {
  return { says: `as planned, ${says}`, from };
}

/**
 * Where a source's start time moves to a later one. Values that come and go are several instances behind one address,
 * and what moves by less than a clock may jump is the clock.
 */
function restartsOf(source: string, scrapes: readonly Scrape[]): Sighting[] {
  const own = inOrder(scrapes).filter((scrape) => scrape.source === source);
  const told = own.flatMap(({ at, indicators }) => {
    const started = indicators['process.started'];
    return started === undefined ? [] : [{ at, started }];
  });
  return told.flatMap(({ at, started }, index): Sighting[] => {
    const before = told[index - 1];
    if (!before || started - before.started <= SURVIVAL.clockJump / 1_000) return [];
    const seen = told.slice(0, index).some((earlier) => earlier.started === started);
    const comesBack = told.slice(index).some((later) => later.started === before.started);
    if (seen || comesBack) return [];
    const failed = own.filter((scrape) => scrape.up === 0 && scrape.at > before.at && scrape.at < at);
    const after = failed.length > 0 ? `, after ${counted(failed.length, 'failed scrape')}` : '';
    const moved = `its start time moved from ${clock(before.started)} to ${clock(started)}`;
    const says = `${source} had restarted at ${seconds(at)}${after}: ${moved}`;
    // It is gone by the time that it does not answer any more.
    return [{ process: source, from: before.at, to: failed[0]?.at ?? at, evidence: { says, from: 'target' } }];
  });
}

function clock(secondsSince1970: number): string {
  const date = new Date(secondsSince1970 * 1_000);
  return Number.isNaN(date.getTime()) ? String(secondsSince1970) : date.toISOString();
}
