import type { Bench, Section } from '../bench.ts';
import { measureRelay } from '../relay/measure.ts';

/** Nine trials a round: each gets a share of the usual seconds. */
const shorter = (seconds: number) => Math.max(1, Math.round(seconds / 10));

/** What our relay for datagrams passes on, beside the least that Node can do. */
export async function relay(bench: Bench): Promise<Section> {
  const { trials, table } = await measureRelay({ ...bench, seconds: shorter(bench.seconds) });
  return {
    part: 'relay',
    title: 'Relay of datagrams',
    tables: [table],
    goals: [],
    notes: ['The highest rate is meant to be more than any takes: what is lost there is lost for want of a core.'],
    figures: trials,
  };
}
