import type { Bandwidth, Latency } from '../../core/fault.ts';
import type { Finding } from '../injector.ts';
import type { Heard } from '../probes/heard.ts';

/** What the looks through a connection come to, for the faults that act on connections. */
export interface FlowFindings {
  bites(before: readonly Heard[], during: readonly Heard[]): Finding;
  gone(before: readonly Heard[], after: readonly Heard[]): Finding;
}

/** Timers and the machine may take this much off what was asked, in milliseconds. */
const TOLERANCE = 10;
/** What noise may add to an answer without the fault being there still. */
const NOISE = 40;

/** Latency shows in the time to the first byte. */
export function latencyFindings({ latency, jitter }: Latency): FlowFindings {
  const least = latency - jitter - TOLERANCE;
  return {
    bites(before, during) {
      const [was, is] = [typical(before), typical(during)];
      if (was === undefined || is === undefined) return unanswered(before, during);
      const added = is - was;
      return {
        holds: added >= least,
        says: `${ms(added)} more to the first byte, ${ms(latency)} were asked (${ms(was)} before)`,
      };
    },
    gone(before, after) {
      const [was, is] = [typical(before), typical(after)];
      if (was === undefined || is === undefined) return unanswered(before, after);
      const holds = is - was < Math.max(latency / 2, NOISE);
      return { holds, says: `${ms(is)} to the first byte (${ms(was)} before)` };
    },
  };
}

/** A cap shows in how fast an answer flows; it takes one that is long enough. */
export function bandwidthFindings({ kilobytesPerSecond }: Bandwidth): FlowFindings {
  return {
    bites(before, during) {
      const [was, is] = [flow(before), flow(during)];
      if (was === undefined) return { holds: false, says: 'no answer before the fault was long enough to time' };
      if (is === undefined) return unanswered(before, during);
      const holds = is <= kilobytesPerSecond * 1.1 && was > kilobytesPerSecond * 1.1;
      return { holds, says: `${kB(is)} came, at most ${kB(kilobytesPerSecond)} were asked (${kB(was)} before)` };
    },
    gone(before, after) {
      const [was, is] = [flow(before), flow(after)];
      if (was === undefined || is === undefined) return unanswered(before, after);
      return { holds: is > kilobytesPerSecond * 1.1, says: `${kB(is)} came (${kB(was)} before)` };
    },
  };
}

/** Where connections are refused, every one has to be. */
export const refusalFindings: FlowFindings = {
  bites(_, during) {
    const refused = during.filter(({ ended }) => ended === 'refused').length;
    return { holds: refused === during.length, says: `${refused} of ${during.length} connections were refused` };
  },
  gone: answersAsBefore,
};

/** Any other toxic: the way answers end or how long they take is not what it was. */
export const toxicFindings: FlowFindings = {
  bites(before, during) {
    const [was, is] = [outcomes(before), outcomes(during)];
    const [from, to] = [total(before), total(during)];
    const slower = from !== undefined && to !== undefined && to - from > NOISE;
    return {
      holds: was !== is || slower,
      says: `answers: ${is}${to === undefined ? '' : `, ${ms(to)}`} (before: ${was}${from === undefined ? '' : `, ${ms(from)}`})`,
    };
  },
  gone: answersAsBefore,
};

function answersAsBefore(before: readonly Heard[], after: readonly Heard[]): Finding {
  const [was, is] = [outcomes(before), outcomes(after)];
  return { holds: was === is, says: `answers: ${is} (before: ${was})` };
}

function unanswered(before: readonly Heard[], later: readonly Heard[]): Finding {
  return { holds: false, says: `answers: ${outcomes(later)} (before: ${outcomes(before)})` };
}

/** How answers ended, each way once: `answered`, or `refused, silent`. */
function outcomes(heard: readonly Heard[]): string {
  return [...new Set(heard.map(({ ended }) => ended))].sort().join(', ');
}

function typical(heard: readonly Heard[]): number | undefined {
  return median(heard.flatMap(({ firstByteMs }) => firstByteMs ?? []));
}

function total(heard: readonly Heard[]): number | undefined {
  return median(
    heard.flatMap(({ firstByteMs, flowMs }) => (firstByteMs === undefined ? [] : firstByteMs + (flowMs ?? 0))),
  );
}

/** The middle rate of the answers, in kilobytes per second. Milliseconds per byte are the same as seconds per kilobyte. */
function flow(heard: readonly Heard[]): number | undefined {
  return median(
    heard.flatMap(({ flowMs, bytes, lateBytes }) => {
      if (flowMs === undefined || bytes < LEAST_BYTES) return [];
      // What comes at once at the beginning was not held up; where nothing comes later, nothing was.
      return lateBytes > 0 ? lateBytes / flowMs : bytes / Math.max(flowMs, 0.1);
    }),
  );
}

/** Below, an answer is over before a cap can be told. */
const LEAST_BYTES = 10_000;

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}

function kB(perSecond: number): string {
  return `${Math.round(perSecond)} kB/s`;
}
