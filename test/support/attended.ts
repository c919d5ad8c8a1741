import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect } from 'vitest';
import { monotonic } from '../../core/clock.ts';
import { steady } from '../../core/curve.ts';
import type { Bin, Health, Media, RunEvent } from '../../core/event.ts';
import { ENTRY_PHASES, type EntryPhase } from '../../core/media.ts';
import type { Population } from '../../core/person.ts';
import type { Plan } from '../../core/plan.ts';
import { plan } from '../../core/planning/plan.ts';
import type { Target } from '../../core/target.ts';
import { type MediaHost, processHost, threadHost } from '../../generators/participants/thread/host.ts';
import { mediaWire } from '../../generators/participants/thread/media-wire.ts';
import { peopleOf } from '../../generators/people.ts';
import { Shard } from '../../generators/shard.ts';
import { nodeWire } from '../../generators/transports/node.ts';
import type { MediaDetour } from '../../generators/transports/wire.ts';
import { loginStorm } from '../../profiles/login-storm.ts';
import { total } from './shards.ts';

const REACH = { loopbackOnly: true, insecureTls: false };
const SETUP = { seed: 1, reach: REACH };

/** Two meetings of three people from 0 to the end, who join within a second. */
function meetings(until: number): Plan {
  const planned = plan(loginStorm, { operations: ['login'] });
  const retry = { share: 1, attempts: 20, base: 300, cap: 300, jitter: false, honoursRetryAfter: false };
  const habits = { ...planned.habits, patience: 1_000, wrongPassword: 0, retries: [retry] };
  return {
    ...planned,
    habits,
    classes: [
      { name: 'media', weight: 1, deadline: 1_000 },
      { name: 'join', weight: 0, deadline: 1_000 },
    ],
    scenarios: [
      {
        ...{ name: 'meetings', journey: 'attend', cohort: 'everybody', role: 'base', model: 'open' },
        ...{ curve: [steady(0, 1_000, 6)], maxVUs: 10, signedIn: 6 },
        meetings: { count: 2, cameras: 0.5, rungs: [{ at: 0, size: 3 }], until },
      },
    ],
  };
}

export interface Attended {
  readonly bins: readonly Bin[];
  readonly media: readonly Media[];
  readonly health: readonly Health[];
}

/** The thread of participants who speak plain RTP. */
function thread(): MediaHost {
  const entry = new URL('../../dist/cli/media-worker.js', import.meta.url);
  return threadHost(new Worker(entry, { workerData: SETUP }));
}

/** The process of participants who speak WebRTC; `by` is a command that runs it somewhere else. */
export function peers(by: readonly string[] = [], media?: MediaDetour): MediaHost & { readonly pid: number } {
  const entry = fileURLToPath(new URL('../../dist/cli/peer-process.js', import.meta.url));
  const [execPath = process.execPath, ...execArgv] = [...by, ...(by.length > 0 ? [process.execPath] : [])];
  const setup = { ...SETUP, reach: { ...REACH, ...(media && { media }) } };
  const child = fork(entry, [JSON.stringify(setup)], { execPath, execArgv, serialization: 'advanced' });
  return { ...processHost(child), pid: child.pid ?? Number.NaN };
}

/** Lets them attend the meetings of a target with real media, and gives what was told of it. */
export async function attended(
  until: number,
  target: Target,
  meanwhile?: () => Promise<void>,
  population: Population = { from: 'seed', count: 50 },
  host: MediaHost = thread(),
): Promise<Attended> {
  const events: RunEvent[] = [];
  const bugs: unknown[] = [];
  const wire = nodeWire(REACH, mediaWire(host));
  const shard = new Shard({
    ...{ plan: meetings(until), share: { index: 0, count: 1 }, target, wire },
    people: peopleOf(population, 1),
    emit: (told) => events.push(...told),
    acknowledged: () => {},
    fail: (bug) => bugs.push(bug),
  });
  try {
    await shard.prepare();
    shard.begin(monotonic() + 200);
    await Promise.all([sleep(until + 1_200), meanwhile?.()]);
    await shard.drain(3_000);
  } finally {
    wire.close();
    host.end();
  }
  expect(bugs).toEqual([]);
  const of = <K extends RunEvent['kind']>(kind: K) =>
    events.filter((event): event is Extract<RunEvent, { kind: K }> => event.kind === kind);
  return { bins: of('bin').filter((bin) => bin.class === 'media'), media: of('media'), health: of('health') };
}

/**
 * Expects that people met over WebRTC, heard and saw each other without loss, and that the steps of joining come one after
 * the other: a share of seconds that are good, and packets of sound and picture for each second that was planned.
 */
export function expectMet(
  { bins, media }: Attended,
  least: { readonly good: number; readonly audio: number; readonly video: number },
): void {
  const offered = total(bins, (bin) => bin.offered);
  expect(total(bins, (bin) => bin.good) / offered).toBeGreaterThan(least.good);
  expect(total(media, ({ audio }) => audio.packets)).toBeGreaterThan(offered * least.audio);
  expect(total(media, ({ video }) => video.packets)).toBeGreaterThan(offered * least.video);
  expect(Math.abs(total(media, ({ audio }) => audio.lost))).toBeLessThan(offered);
  for (const name of ['roundTrip', 'jitter', 'mos'] as const)
    expect(
      total(media, (each) => each[name].length),
      name,
    ).toBeGreaterThan(0);
  const entries = media.flatMap(({ entries }) => entries ?? []);
  const soonest = (phase: EntryPhase) =>
    Math.min(...entries.flatMap((entry) => entry[phase]?.filter((_, place) => place % 2 === 0) ?? []));
  const steps = ENTRY_PHASES.map(soonest);
  expect(steps.toSorted((a, b) => a - b)).toEqual(steps);
  expect(steps.at(-1)).toBeLessThan(5_000_000);
}
