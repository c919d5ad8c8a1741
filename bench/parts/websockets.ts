import { bytes, count } from '../../reports/format.ts';
import type { Bench, Section } from '../bench.ts';
import { atLeast } from '../goal.ts';
import { type FromHolder, startEcho, startHolder } from '../sockets/holder.ts';

/** A process may have 20,000 descriptors on many systems, others' files included: two hold half each. */
const PROCESSES = 2;
const EACH = 10_000;
const PATIENCE = 120_000;

interface Held {
  readonly opened: Extract<FromHolder, { did: 'open' }>;
  readonly held: Extract<FromHolder, { did: 'hold' }>;
}

/** How many WebSockets one machine holds over the engine's transport, and what each needs. */
export async function websockets(bench: Bench): Promise<Section> {
  const all = PROCESSES * EACH;
  bench.tell(`websockets: ${all} for ${bench.seconds} s`);
  const processes = await Promise.all(Array.from({ length: PROCESSES }, () => heldBy(bench)));
  const sum = (of: (each: Held) => number) => processes.reduce((total, each) => total + of(each), 0);
  const answered = sum(({ held }) => held.answered);
  return {
    part: 'websockets',
    title: 'WebSockets from one machine',
    tables: [
      {
        title: 'process',
        columns: ['open', 'opened/s', 'bytes each', 'resident', `answer after ${bench.seconds} s`],
        rows: processes.map(({ opened, held }, index) => [
          String(index + 1),
          count(opened.open),
          count(opened.open / (opened.milliseconds / 1_000)),
          count(opened.perSocket),
          bytes(held.memory),
          count(held.answered),
        ]),
      },
    ],
    goals: [
      atLeast(
        `${count(all)} WebSockets from one machine at once`,
        all,
        answered,
        () => `${count(answered)} opened, held for ${bench.seconds} s, and brought back a message`,
      ),
    ],
    notes: [
      'Bytes: growth of the resident memory of the client process, garbage collected, per socket; its first hundred are left out.',
      'Each process has its own server process, as descriptors are counted by process.',
      ...new Set(processes.flatMap(({ opened }) => opened.failed.slice(0, 3))),
    ],
    figures: processes,
  };
}

async function heldBy({ seconds, signal }: Bench): Promise<Held> {
  const server = startEcho(signal);
  try {
    const { port } = await server.heard('listen');
    const holder = startHolder(signal);
    try {
      holder.tell({ url: `ws://127.0.0.1:${port}/`, sockets: EACH, length: seconds * 1_000 });
      const opened = await holder.heard('open', PATIENCE);
      const held = await holder.heard('hold', seconds * 1_000 + PATIENCE);
      return { opened, held };
    } finally {
      await holder.stop();
    }
  } finally {
    await server.stop();
  }
}
