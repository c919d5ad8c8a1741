import { amount, bytes, count } from '../../reports/format.ts';
import type { Bench, Section } from '../bench.ts';
import { atMost } from '../goal.ts';
import { ours, readAccount } from '../peers/ours.ts';
import { NO_NGINX, withNginx } from '../server/nginx.ts';
import type { Server } from '../server/server.ts';
import { spreadOf } from '../spread.ts';
import { tried } from '../trial.ts';

/** Arrivals per second: as many as make some hundred thousand in the time. */
const RATE = 2_000;

/** A run for memory is so many trials long: four minutes of the usual ones. */
const TRIALS = 12;

/** What the last third of a run may need beyond the second: collecting garbage moves it about by as much. */
const MOST_GROWTH = 0.05;

/** Whether memory stays flat over a run: bins are kept, not samples. */
export async function memory(bench: Bench): Promise<Section> {
  const seconds = bench.seconds * TRIALS;
  const measured = await withNginx(bench, (nginx) => memoryOf(nginx, seconds, bench));
  const kept = measured ?? [];
  const thirds = [0, 1, 2].map((third) =>
    medianOf(kept.slice((third * kept.length) / 3, ((third + 1) * kept.length) / 3)),
  );
  const [, second, last] = thirds;
  const growth = second === undefined || last === undefined ? undefined : last / second - 1;
  return {
    part: 'memory',
    title: `Memory over ${count(seconds)} s at ${count(RATE)}/s`,
    tables: [
      {
        title: 'resident, whole process',
        columns: ['first third', 'second third', 'last third'],
        rows: [['stormtest', ...thirds.map((each) => (each === undefined ? '-' : bytes(each)))]],
      },
    ],
    goals: [
      atMost(
        'memory grows by at most 5 % from the second to the last third of a run',
        MOST_GROWTH,
        growth,
        (share) => `${amount(share * 100)} % over ${count(seconds)} s and ${count(seconds * RATE)} requests`,
      ),
    ],
    notes: [measured ? NOTE : NO_NGINX],
    figures: kept,
  };
}

const NOTE = 'Median of the readings of each third, one a second. The recording is kept in memory, too, as in a run.';

async function memoryOf(nginx: Server, seconds: number, bench: Bench): Promise<readonly number[]> {
  bench.tell(`memory: ${seconds} s at ${RATE}/s`);
  const { stdout, told } = await tried(ours(), { rate: RATE, seconds }, nginx, bench, async () => {});
  if (told.failed > 0) throw new Error(`${told.failed} requests failed, which measures something else`);
  return readAccount(stdout).memory;
}

function medianOf(values: readonly number[]): number | undefined {
  return spreadOf(values)?.median;
}
