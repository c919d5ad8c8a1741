import { setTimeout as sleep } from 'node:timers/promises';
import { monotonic } from '../../core/clock.ts';
import { Engine, type EngineSecond } from '../../generators/participants/engine/engine.ts';
import { napping } from '../../generators/participants/engine/nap.ts';
import { rtpEntrance } from '../../generators/participants/engine/rtp-entrance.ts';
import type { FromParticipants, ToParticipants, Use } from './participants.ts';

/** The participants in a process of their own, as their thread runs them. */
const tell = (message: FromParticipants) => process.send?.(message);
const sums = { received: 0, lost: 0, participantSeconds: 0, held: 0, lag: 0 };
let entered = 0;
const engine = new Engine({
  ...{
    seed: 1,
    enter: rtpEntrance({ loopbackOnly: true, insecureTls: false }),
    now: monotonic,
    nap: napping(monotonic),
  },
  tell: (_, { is }) => {
    if (is === 'in') entered += 1;
  },
  tellSecond: count,
});
engine.begin(monotonic());
process.on('message', (order: ToParticipants) => void (order.do === 'attend' ? attend(order) : tellUse()));
process.once('disconnect', () => process.exit());
tell({ did: 'begin' });

async function attend({ port, count: many }: Extract<ToParticipants, { do: 'attend' }>): Promise<void> {
  for (let who = 0; who < many; who += 1) {
    const seat = { host: '127.0.0.1', port, key: `seat-${who}`, audio: 2 * who + 1, video: 2 * who + 2 };
    // Nobody has a camera on: most people of a large meeting are seen by nobody.
    void engine.attend(who, seat, { meeting: 'bench', size: many, camera: false, who });
    await sleep(2);
  }
  while (entered < many) await sleep(20);
  tell({ did: 'attend' });
}

function count({ lag, members }: EngineSecond): void {
  sums.lag = Math.max(sums.lag, lag);
  for (const [, { audio, breach }] of members) {
    sums.received += audio.packets;
    sums.lost += audio.lost;
    sums.participantSeconds += 1;
    if (breach === undefined) sums.held += 1;
  }
}

function tellUse(): void {
  const { user, system } = process.cpuUsage();
  const use: Use = {
    ...sums,
    cpu: (user + system) / 1e6,
    seconds: performance.now() / 1_000,
    memory: process.memoryUsage.rss(),
  };
  sums.lag = 0;
  tell({ did: 'use', ...use });
}
