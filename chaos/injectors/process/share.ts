import { setTimeout as sleep } from 'node:timers/promises';
import type { Finding, Look } from '../../injector.ts';
import { isAlive, statOf } from '../../process-identity.ts';
import type { ProcessIdentity } from '../../undo.ts';
import { isStopped } from './held-back.ts';

/** How long one look at a process takes, and how often it looks; milliseconds. Five looks fit into two seconds. */
const SPAN = 350;
const SAMPLE = 5;

/** Shares of a core that count as met, and as taken from a process. */
const TOLERANCE = 0.1;

/** What one look at a process' processor time is: times are milliseconds, from a clock that never turns back. */
export type ShareLook = {
  readonly pid: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** CPU time in between; unknown when the process has ended. */
  readonly cpuMs: number | undefined;
  /** In how many of the samples it was kept from running. */
  readonly heldBack: number;
  readonly samples: number;
};

/** Watches for a moment how much of a core a process gets, and whether it is stopped. */
export async function shareLook(target: ProcessIdentity): Promise<ShareLook> {
  const [fromMs, first] = [performance.now(), statOf(target)];
  let [samples, heldBack] = [0, 0];
  for (let now = fromMs; now < fromMs + SPAN; now = performance.now()) {
    const stat = statOf(target);
    samples += 1;
    if (stat && isStopped(stat.state)) heldBack += 1;
    await sleep(SAMPLE);
  }
  const [toMs, last] = [performance.now(), statOf(target)];
  const cpuMs = first?.cpuMs === undefined || last?.cpuMs === undefined ? undefined : last.cpuMs - first.cpuMs;
  return { pid: target.pid, fromMs, toMs, cpuMs, heldBack, samples };
}

/** The share of a core over several looks; undefined when it is unknown in one of them. */
export function shareOver(looks: readonly Look[]): number | undefined {
  const spans = looks.map(({ fromMs, toMs }) => Number(toMs) - Number(fromMs));
  const times = looks.map(({ cpuMs }) => cpuMs);
  if (looks.length === 0 || times.some((time) => time === undefined)) return undefined;
  return sum(times.map(Number)) / sum(spans);
}

/**
 * Whether a process got no more than its share, and was kept from taking more. One that wants less than its share shows
 * nothing. `asked` is the share that was asked at the time of a look.
 */
export function shareBites(before: readonly Look[], during: readonly Look[], asked: (look: Look) => number): Finding {
  const [was, is] = [shareOver(before), shareOver(during)];
  if (is === undefined) return { holds: false, says: 'the process ended while it was looked at' };
  const wanted = askedOver(during, asked);
  const heldBack = sum(during.map((look) => Number(look.heldBack)));
  const says = `${percent(is)} of a core, ${percent(wanted)} asked${was === undefined ? '' : ` (${percent(was)} before)`}`;
  if (is > wanted + TOLERANCE) return { holds: false, says };
  if (heldBack > 0) return { holds: true, says };
  return { holds: false, says: `${says}: it wanted no more, so nothing was taken from it` };
}

/** Whether whoever holds a process back is still there: its work may have gone elsewhere since, and it may want no more. */
export function shareStays(holder: ProcessIdentity, during: readonly Look[], asked: (look: Look) => number): Finding {
  const is = shareOver(during);
  if (is === undefined) return { holds: false, says: 'the process has ended' };
  const wanted = askedOver(during, asked);
  const says = `${percent(is)} of a core, ${percent(wanted)} asked`;
  return { holds: isAlive(holder) && is <= wanted + TOLERANCE, says };
}

/** The share that was asked over several looks. */
function askedOver(looks: readonly Look[], asked: (look: Look) => number): number {
  const spans = looks.map(({ fromMs, toMs }) => Number(toMs) - Number(fromMs));
  return sum(looks.map((look, at) => asked(look) * (spans[at] ?? 0))) / sum(spans);
}

/** Whether a process is kept from nothing any more. */
export function shareIsFree(before: readonly Look[], after: readonly Look[]): Finding {
  const [was, is] = [shareOver(before), shareOver(after)];
  const heldBack = sum(after.map((look) => Number(look.heldBack)));
  if (is === undefined) return { holds: false, says: 'the process has ended' };
  const says = `${percent(is)} of a core${was === undefined ? '' : ` (${percent(was)} before)`}`;
  return heldBack > 0 ? { holds: false, says: `${says}, and it is still kept from more` } : { holds: true, says };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
