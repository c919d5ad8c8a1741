import type { Bench, Section } from '../bench.ts';
import type { Peer } from '../peers/peer.ts';
import { NO_NGINX, withNginx } from '../server/nginx.ts';
import type { Server } from '../server/server.ts';
import { tried } from '../trial.ts';
import { warmCost } from '../warm.ts';
import { type Contestant, cpuSection } from './cpu-section.ts';
import { spokenRate } from './rate.ts';

/**
 * Ten times as many as nginx ever has to answer at once here. Without a bound vegeta, once behind, opens a connection for
 * each request, is kept by that from catching up, and runs out of ports.
 */
const AT_ONCE = 256;

/** Seconds at full speed at most: as many requests as at a rate come much sooner. */
const FULL_SPEED = 6;

/** What a request costs at a rate: all clients take turns, at all rates, in every round. */
export async function cpu(bench: Bench): Promise<Section> {
  const contestants = await withNginx(bench, (nginx) => rounds(bench, nginx));
  return contestants ? cpuSection(contestants, []) : cpuSection([], [NO_NGINX]);
}

async function rounds(bench: Bench, nginx: Server): Promise<readonly Contestant[]> {
  const { field, rates, seconds } = bench;
  const contestants: Draft[] = [...rates, undefined].flatMap((rate) =>
    field.peers
      .filter(({ model, name }) => (rate === undefined ? model === 'closed' : name !== 'wrk'))
      .map((peer) => ({ peer, rate, costs: [] })),
  );
  for (let round = 0; round < bench.rounds; round += 1) {
    for (const { peer, rate, costs } of contestants) {
      bench.tell(`cpu: round ${round + 1} of ${bench.rounds}, ${peer.name} at ${spokenRate(rate)}`);
      const length = rate === undefined ? Math.min(seconds, FULL_SPEED) : seconds;
      const load = { rate, seconds: length, atOnce: AT_ONCE };
      const trial = await tried(peer, load, nginx, bench, warmCost(nginx, length));
      costs.push({ cpu: trial.cpu, warmCpu: trial.noticed, seen: trial.seen, told: trial.told });
    }
  }
  return contestants.map(({ peer, ...rest }) => ({ ...rest, name: peer.name, version: peer.version }));
}

interface Draft {
  readonly peer: Peer;
  readonly rate: number | undefined;
  readonly costs: Contestant['costs'][number][];
}
