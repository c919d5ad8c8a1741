import type { Bench, Section } from '../bench.ts';
import type { Peer } from '../peers/peer.ts';
import { pathOf } from '../program.ts';
import { startNginx } from '../server/nginx.ts';
import { startRecorder } from '../server/recorder.ts';
import type { Recorder, Server } from '../server/server.ts';
import { tried } from '../trial.ts';
import { warmCost } from '../warm.ts';
import { type Contestant, cpuSection } from './cpu-section.ts';
import { punctuality } from './punctuality.ts';
import { spokenRate } from './rate.ts';

/** Lateness needs fewer arrivals than cost: a fraction of a trial's seconds, but more than the first, which warms up. */
const shorter = (seconds: number) => Math.max(3, Math.ceil(seconds / 2));

/** What a request costs at a rate, and how late it is: all clients take turns, at all rates, in every round. */
export async function cpu(bench: Bench): Promise<Section> {
  const program = pathOf('nginx');
  if (!program) return cpuSection([], ['nginx is not here (tools/install installs it): nothing was measured']);
  const nginx = await startNginx(program, bench.folder, bench.cores, bench.signal);
  try {
    const recorder = await startRecorder(bench.folder, bench.cores, bench.signal);
    try {
      return cpuSection(await rounds(bench, nginx, recorder), []);
    } finally {
      await recorder.stop();
    }
  } finally {
    await nginx.stop();
  }
}

async function rounds(bench: Bench, nginx: Server, recorder: Recorder): Promise<readonly Contestant[]> {
  const { field, rates, seconds } = bench;
  const contestants: Draft[] = [...rates, undefined].flatMap((rate) =>
    field.peers
      .filter(({ model, name }) => (rate === undefined ? model === 'closed' : name !== 'wrk'))
      .map((peer) => ({ peer, rate, costs: [], punctualities: [] })),
  );
  for (let round = 0; round < bench.rounds; round += 1) {
    for (const { peer, rate, costs, punctualities } of contestants) {
      bench.tell(`cpu: round ${round + 1} of ${bench.rounds}, ${peer.name} at ${spokenRate(rate)}`);
      const trial = await tried(peer, { rate, seconds }, nginx, bench, warmCost(nginx, seconds));
      costs.push({ cpu: trial.cpu, warmCpu: trial.noticed, seen: trial.seen, told: trial.told });
      if (rate === undefined || peer.model === 'closed') continue;
      punctualities.push(await punctuality(peer, rate, shorter(seconds), recorder, bench));
    }
  }
  return contestants.map(({ peer, ...rest }) => ({ ...rest, name: peer.name, version: peer.version }));
}

interface Draft {
  readonly peer: Peer;
  readonly rate: number | undefined;
  readonly costs: Contestant['costs'][number][];
  readonly punctualities: Contestant['punctualities'][number][];
}
