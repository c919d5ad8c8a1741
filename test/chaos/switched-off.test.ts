import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guardOf } from '../../chaos/guard.ts';
import type { Injector, Injectors } from '../../chaos/injector.ts';
import { placed } from '../../chaos/placing.ts';
import { type Relay, startRelay } from '../../chaos/relay/relay.ts';
import { toxiproxyClient } from '../../chaos/toxiproxy/client.ts';
import { undone } from '../../chaos/undoing.ts';
import { injectorsBeside } from '../../cli/faults/injectors.ts';
import type { FaultEvent } from '../../core/event.ts';
import { EXIT } from '../../core/exit.ts';
import type { Disturbance } from '../../core/fault.ts';
import type { Means } from '../../core/means.ts';
import { exitCodeOf } from '../../score/exit.ts';
import { score } from '../../score/score.ts';
import { busy, processes } from '../support/busy-process.ts';
import { fileMeans } from '../support/command-fault.ts';
import { runOf } from '../support/fault-run.ts';
import { kubectlPlayer } from '../support/kubectl-player.ts';
import { postgresUrl, startPostgresServer } from '../support/postgres-server.ts';
import { recordingOf, storyFault, storyPlan } from '../support/recordings.ts';
import { describeWithReference } from '../support/reference.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { startOurs, type TestedToxiproxy } from '../support/toxiproxy.ts';
import { udpEnd } from '../support/udp-flow.ts';
import { type WebServer, webServer } from '../support/web-server.ts';

const folder = temporaryFolders(undefined, afterAll);
const INJECTORS = injectorsBeside([]);
/** The kinds of means that a case below has tried. */
const tried = new Set<string>();

/** The same injector, whose faults are never put in; everything else about them is as it is. */
function switchedOff<By extends Means['by']>(injector: Injector<By>): Injector<By> {
  return {
    ...injector,
    async prepare(task) {
      const prepared = await injector.prepare(task);
      return Object.create(prepared, { inject: { value: async () => undefined } });
    },
  };
}

/** Puts a fault in place for a moment, or seems to; gives what was told of it and what a run comes to that had it. */
async function judged(does: Disturbance, means: Means, isOn: boolean) {
  tried.add(means.by);
  const known = INJECTORS[means.by];
  const off = known && { [means.by]: switchedOff(known as Injector<typeof means.by>) };
  const injectors: Injectors = isOn ? INJECTORS : { ...off };
  const guard = guardOf(join(folder(), 'intents'), 'run');
  const fault = { ...storyFault, service: 'database', does } as const;
  // The looks at a process take two seconds.
  const planned = { fault, from: 2_000, to: 2_500 };
  try {
    const ready = await placed([planned], { services: { database: [means] }, injectors, guard, undo: undone });
    const { events, ended } = runOf(ready);
    await ended;
    expect(guard.open()).toEqual([]);
    return { states: events.map(({ state }) => state), ...judgementOf(fault, events) };
  } finally {
    guard.close();
  }
}

/** What a run comes to in which all goes well, but for what was told of its fault. */
function judgementOf(fault: typeof storyFault, told: readonly FaultEvent[]) {
  const plan = storyPlan({ faults: [fault] });
  const at = (state: string) => plan.faults[0]?.[state === 'lifted' ? 'to' : 'from'] ?? 0;
  const faults = told.map((event) => ({ ...event, at: at(event.state) }));
  const judgement = score(recordingOf({ plan, faults }));
  return { reasons: judgement.validity.map(({ name }) => name), code: exitCodeOf(judgement) };
}

/** Tries a fault with the injector as it is and switched off: only the first may be believed. */
async function bothWays(does: Disturbance, means: Means, restore = async () => {}): Promise<void> {
  const on = await judged(does, means, true);
  expect(on).toEqual({ states: ['applied', 'proven', 'lifted'], reasons: [], code: EXIT.survived });
  await restore();
  const off = await judged(does, means, false);
  expect(off).toEqual({
    states: ['applied', 'not proven', 'lifted'],
    reasons: ['fault-not-proven'],
    code: EXIT.unproven,
  });
}

describe('an injector that does nothing is not believed', () => {
  const start = processes(afterAll);
  let toxiproxy: TestedToxiproxy;
  let server: WebServer;
  let relay: Relay;
  beforeAll(async () => {
    toxiproxy = await startOurs();
    relay = await startRelay({ seed: 1 });
    server = await webServer((_, response) => response.end('x'.repeat(100_000)));
  });
  afterAll(async () => {
    await toxiproxy.stop();
    await relay.stop();
    await server.stop();
  });

  test.concurrent.each<Disturbance>([
    // With as much jitter as the other tests that run at once may add to it.
    { kind: 'latency', latency: 500, jitter: 200 },
    { kind: 'bandwidth', kilobytesPerSecond: 200 },
    { kind: 'refusal' },
    { kind: 'toxic', type: 'reset_peer', stream: 'downstream', attributes: { timeout: 0 } },
  ])('a proxy: $kind', async (does) => {
    const proxy = `p_${does.kind}`;
    const upstream = new URL(server.url).host;
    await toxiproxyClient(toxiproxy.url).createProxy({ name: proxy, upstream, listen: '127.0.0.1:0' });
    await bothWays(does, { by: 'toxiproxy', api: toxiproxy.url, proxy, speaks: { kind: 'http', path: '/' } });
  });

  test.concurrent('a relay of datagrams', async () => {
    const [media, path] = [await udpEnd(), 'media'];
    const client = await udpEnd(await relay.open(media.address, { path }));
    await client.send(10);
    try {
      await bothWays({ kind: 'impairment', loss: 0.2, latency: 50 }, { by: 'relay', relay: relay.url, path });
    } finally {
      for (const end of [media, client]) end.close();
    }
  });

  test.concurrent('commands', async () => {
    await bothWays({ kind: 'refusal' }, fileMeans(folder()));
  });

  test.concurrent('a process: kill', async () => {
    const at = folder();
    const file = join(at, 'pid');
    const begin = `{ sleep 60 & echo $! > ${file}.new; mv ${file}.new ${file}; } >/dev/null 2>&1`;
    execFileSync('sh', ['-c', begin]);
    try {
      await bothWays({ kind: 'kill' }, { by: 'process', pid: { file }, restart: begin });
    } finally {
      execFileSync('sh', ['-c', `kill -KILL $(cat ${file})`]);
    }
  });

  test.concurrent('a process: pause', async () => {
    const { pid } = await start(['sleep', '60']);
    await bothWays({ kind: 'pause' }, { by: 'process', pid });
  });

  test.concurrent('a process: throttle', async () => {
    const { pid } = await start(busy());
    await bothWays({ kind: 'throttle', steps: [0.1] }, { by: 'process', pid });
  });

  test.concurrent('kubectl', async () => {
    const player = kubectlPlayer(folder());
    const [before, after] = [
      { name: 'media-a', uid: '1' },
      { name: 'media-b', uid: '2' },
    ];
    const begin = async () => {
      player.has('pods', before);
      player.has('after', { ...after, ready: false });
      player.has('again', after);
    };
    try {
      await begin();
      await bothWays(
        { kind: 'kill' },
        { by: 'kubectl', context: 'staging', namespace: 'meet', label: 'app=media' },
        begin,
      );
    } finally {
      player.end();
    }
  });

  test.runIf(process.getuid?.() === 0).concurrent('a volume', async () => {
    const path = join(folder(), 'volume');
    mkdirSync(path);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'stormtest', path]);
    try {
      await bothWays({ kind: 'fill', leave: 100_000 }, { by: 'volume', path });
    } finally {
      execFileSync('umount', ['-l', path]);
    }
  });
});

describeWithReference('an injector of connections that does nothing', () => {
  test('is not believed', async () => {
    const server = await startPostgresServer();
    const url = postgresUrl(server, 'password', '?sslmode=disable');
    try {
      await bothWays({ kind: 'hold', connections: 'all' }, { by: 'connections', server: 'postgres', url });
    } finally {
      await server.stop();
    }
  });
});

test('every injector that a run can use was tried', () => {
  const untried = Object.keys(INJECTORS).filter((by) => !tried.has(by));
  // Without root no volume can be mounted, and without the reference target there is no database.
  expect(untried.filter((by) => by !== 'volume' && by !== 'connections')).toEqual([]);
});
