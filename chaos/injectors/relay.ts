import type { Impairment } from '../../core/fault.ts';
import { sentence } from '../../core/mistake.ts';
import { CannotInject, type Injector, type Prepared, type Task } from '../injector.ts';
import { type DatagramProbe, datagramProbe, type Passage, type Volley } from '../probes/datagrams.ts';
import { type RelayClient, relayClient } from '../relay/client.ts';
import { RelayFailure } from '../relay/failure.ts';
import { DIRECTIONS, type Direction, mistakesIn, type Shape, type Shapes } from '../relay/shape.ts';
import { impairmentFindings, type Measured, type Seen } from './impairment-findings.ts';
import { volleyFor } from './relay/volley.ts';

/** How long a fault of ours stays when nobody renews it, in milliseconds. */
const TTL = 5_000;
/** A probe must not be forgotten for being silent between looks. */
const A_DAY = 86_400_000;
/** So many volleys go through a path before what comes of them is believed. */
const WARMING = 4;
/** More than this cannot be filled to see whether it is a limit, in kbit/s. */
const MOST_SHOWN = 100_000;

/**
 * Faults on datagrams, by a relay they go through. It is looked at through the same path, by two ends of our own: what it
 * does to their datagrams it does to those of participants, who have to be seen to go by it, too.
 */
export const relayInjector: Injector<'relay'> = {
  by: 'relay',
  can: ({ kind }) => kind === 'impairment',
  async prepare({ name, does, means }: Task<'relay'>): Promise<Prepared> {
    if (does.kind !== 'impairment') throw new CannotInject(`a relay cannot do ${does.kind}`);
    const { relay, path } = means;
    const shape = shapeOf(does);
    const ways = does.stream === undefined ? DIRECTIONS : [does.stream];
    const shapes: Shapes = Object.fromEntries(ways.map((way) => [way, shape]));
    const client = relayClient(relay);
    const open = await probed(client, path);
    await warmed(open.probe, volleyFor(shape), ways);
    return {
      undo: { kind: 'impairment', relay, path, name },
      inject: () => client.impair(path, name, shapes, TTL),
      renew: () => client.renew(path, name),
      ...looking(client, open.probe, { path, name, shape, ways }),
      close: () => open.close(),
    };
  },
};

function shapeOf({ kind: _, stream: __, ...shape }: Impairment): Shape {
  const mistakes = mistakesIn({ upstream: shape }, 'impairment');
  if (mistakes.length > 0) throw new CannotInject(mistakes.map(sentence).join('; '));
  const { kilobitsPerSecond } = shape;
  if (kilobitsPerSecond !== undefined && kilobitsPerSecond > MOST_SHOWN)
    throw new CannotInject(`${kilobitsPerSecond} kbit/s are more than a probe can fill: nobody could tell the limit`);
  return shape;
}

/** Two ends of our own on a path that participants use; nothing is impaired by it. */
async function probed(client: RelayClient, path: string) {
  try {
    const { paths } = await client.counters();
    if (!paths[path]) throw new CannotInject(`the relay at ${client.url} has no path "${path}"`);
    const listeners: string[] = [];
    const probe = await datagramProbe(async (far) => {
      const listen = await client.open(far, { path, isProbe: true, idle: A_DAY });
      listeners.push(listen);
      return listen;
    });
    return {
      probe,
      async close() {
        probe.close();
        // With the relay goes its listener.
        for (const listen of listeners) await client.shut(listen).catch(() => undefined);
      },
    };
  } catch (error) {
    if (error instanceof CannotInject) throw error;
    throw new CannotInject(`path ${path} of the relay at ${client.url}: ${(error as Error).message}`);
  }
}

/** The first datagrams through a program that has just been started are slow: nobody could tell that from a fault. */
async function warmed(probe: DatagramProbe, volley: Volley, ways: readonly Direction[]): Promise<void> {
  for (let n = 0; n < WARMING; n += 1) await probe.exchange(volley, ways);
}

interface Looked {
  readonly path: string;
  readonly name: string;
  readonly shape: Shape;
  readonly ways: readonly Direction[];
}

function looking(client: RelayClient, probe: DatagramProbe, { path, name, shape, ways }: Looked) {
  const volley = volleyFor(shape);
  return {
    async look(): Promise<Seen> {
      // Where nothing was asked, participants would wait behind what is sent for nothing.
      const { upstream, downstream } = await probe.exchange(volley, ways);
      const measured = { ...seen('upstream', upstream), ...seen('downstream', downstream) } as Measured;
      try {
        const { impairedBy, traffic } = (await client.counters()).paths[path] ?? {};
        const others = impairedBy?.filter((one) => one !== name).length;
        const isIn = impairedBy?.includes(name);
        return { ...measured, isIn, others, participants: traffic?.upstream.received };
      } catch (error) {
        if (!(error instanceof RelayFailure)) throw error;
        return { ...measured, failed: error.message };
      }
    },
    ...impairmentFindings(shape, ways),
  } as Pick<Prepared, 'look' | 'bites' | 'gone'>;
}

/** What went one way, under names of its own. */
function seen(way: Direction, { sent, came, twice, late, delays, kilobitsPerSecond }: Passage) {
  const at = (share: number) => delays[Math.floor(share * delays.length)];
  const figures = { Sent: sent, Came: came, Twice: twice, Late: late, Kbps: kilobitsPerSecond };
  const all = { ...figures, LowMs: at(0.1), MidMs: at(0.5), HighMs: at(0.9) };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [`${way}${name}`, value]));
}
