import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cleanUp } from '../../chaos/cleanup.ts';
import { IntentLog } from '../../chaos/intents.ts';
import { manualOf } from '../../chaos/manual.ts';
import { processIdentity } from '../../chaos/process-identity.ts';
import { type Relay, startRelay } from '../../chaos/relay/relay.ts';
import { toxiproxyClient } from '../../chaos/toxiproxy/client.ts';
import type { Undo } from '../../chaos/undo.ts';
import { undone } from '../../chaos/undoing.ts';
import { processes, stateOf } from '../support/busy-process.ts';
import { type GuardedOwner, guardedOwner } from '../support/guarded-owner.ts';
import { holds } from '../support/holds.ts';
import {
  commandGround,
  type Ground,
  type Place,
  processGround,
  proxyGround,
  relayGround,
  throttleGround,
  volumeGround,
} from '../support/matrix-places.ts';
import { describeWith } from '../support/real-part.ts';
import { startOurs, startReal, type TestedToxiproxy } from '../support/toxiproxy.ts';

const LATENCY = { kind: 'latency', latency: 100, jitter: 0 } as const;
const REFUSAL = { kind: 'refusal' } as const;
const isRoot = process.getuid?.() === 0;

let folder: string;
let ours: TestedToxiproxy;
let relay: Relay;
let cells = 0;
let residual = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stormtest-trouble-'));
  ours = await startOurs();
  relay = await startRelay({ seed: 1 });
});
afterAll(async () => {
  console.log(`kill matrix in trouble: ${cells} cells, ${residual} residual faults`);
  rmSync(folder, { recursive: true, force: true });
  await ours.stop();
  await relay.stop();
});

/** Every injector that needs no server of its own. */
const GROUNDS: Readonly<Record<string, () => Ground>> = {
  'a proxy': () => proxyGround(ours, LATENCY),
  'a proxy that is disabled': () => proxyGround(ours, REFUSAL),
  'a relay of datagrams': () => relayGround(relay),
  'a process that is killed': () => processGround({ kind: 'kill' }),
  'a process that is stopped': () => processGround({ kind: 'pause' }),
  'a process that is throttled': () => throttleGround,
  ...(isRoot && { 'a volume': () => volumeGround }),
  commands: () => commandGround,
};

/** One place, one run, and what is made of them. */
interface Cell {
  readonly name: string;
  readonly place: Place;
  /** The folder of the intent logs. */
  readonly intents: string;
  /** Starts the run and waits until its fault is in place. */
  start(): Promise<GuardedOwner>;
  /** Whether the place is whole again in time, and nothing of the run is open any more. */
  settles(): Promise<boolean>;
}

/** Makes a cell; whatever happens in it nothing is left running, and what is left broken is counted. */
async function cell(ground: Ground, work: (cell: Cell) => Promise<void>, shared?: string): Promise<void> {
  cells += 1;
  const name = `${process.pid}y${cells}`;
  const intents = shared ?? join(folder, `intents-${name}`);
  const place = await ground(folder, name);
  let owner: GuardedOwner | undefined;
  const start = async () => {
    owner = await guardedOwner(place.injection, intents, name, 'applied');
    expect(await place.isBroken()).toBe(true);
    return owner;
  };
  const isOver = async () => IntentLog.of(intents, name).open().length === 0 && !(await place.isBroken());
  try {
    await work({ name, place, intents, start, settles: () => holds(isOver) });
  } finally {
    owner?.signal('SIGKILL');
    await owner?.ended();
    if (!(await holds(async () => !(await place.isBroken()), 5_000))) residual += 1;
    await place.clear();
  }
}

/** Kills a run and whoever watches over it: only the next command can undo then. */
async function killBoth(owner: GuardedOwner): Promise<void> {
  process.kill(owner.watchdog, 'SIGKILL');
  owner.signal('SIGKILL');
  await owner.ended();
}

describe.skipIf(!isRoot)(`the disk of the intent log is full${isRoot ? '' : ' (needs root)'}`, () => {
  /** Makes a cell whose intent log is on a volume of some kilobytes. */
  const small = (ground: Ground, work: (cell: Cell, fillUp: () => void) => Promise<void>) => {
    const at = mkdtempSync(join(folder, 'small-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'stormtest', at]);
    const fillUp = () => void execFileSync('sh', ['-c', `cat /dev/zero > ${at}/full 2>/dev/null || true`]);
    return cell(ground, (own) => work(own, fillUp), at).finally(() => execFileSync('umount', ['-l', at]));
  };

  test.each(Object.keys(GROUNDS))('from the beginning: nothing is done to %s', async (name) => {
    await small(GROUNDS[name]?.() as Ground, async ({ place, start }, fillUp) => {
      fillUp();
      await expect(start()).rejects.toThrow(/ended before it was applied[\s\S]*(ENOSPC|no room)/);
      expect(await place.isBroken()).toBe(false);
    });
  });

  test.each(Object.keys(GROUNDS))('since the fault is there: %s is whole again', async (name) => {
    await small(GROUNDS[name]?.() as Ground, async ({ start, settles }, fillUp) => {
      const owner = await start();
      fillUp();
      owner.signal('SIGKILL');
      expect(await settles()).toBe(true);
    });
    await small(GROUNDS[name]?.() as Ground, async ({ intents, start, settles }, fillUp) => {
      const owner = await start();
      fillUp();
      await killBoth(owner);
      expect(await cleanUp(intents, undone)).toMatchObject({ failed: [], owned: [] });
      expect(await settles()).toBe(true);
    });
  });
});

describe('nobody is left, and a person types what they are told', () => {
  test.each(Object.keys(GROUNDS))('%s is whole again, and the clean-up finds it so', async (name) => {
    await cell(GROUNDS[name]?.() as Ground, async ({ name: run, intents, place, start, settles }) => {
      await killBoth(await start());
      const open = IntentLog.of(intents, run).open();
      expect(open).toHaveLength(1);
      for (const { undo } of open) execFileSync('sh', ['-c', manualOf(undo)], { stdio: 'ignore' });
      expect(await holds(async () => !(await place.isBroken()))).toBe(true);
      expect(await cleanUp(intents, undone)).toMatchObject({ undone: [{}], failed: [] });
      expect(await settles()).toBe(true);
    });
  });
});

describeWith('toxiproxy', 'the real Toxiproxy', () => {
  test.each([LATENCY, REFUSAL])('$kind, and it hangs while its run dies: it is whole as soon as it is back', (does) =>
    withReal(async (server) => {
      await cell(proxyGround(server, does), async ({ start, settles }) => {
        const owner = await start();
        process.kill(server.pid, 'SIGSTOP');
        owner.signal('SIGKILL');
        // The watchdog has begun to try by then.
        await owner.ended();
        await sleep(1_000);
        process.kill(server.pid, 'SIGCONT');
        expect(await settles()).toBe(true);
      });
    }),
  );

  test.each([LATENCY, REFUSAL])('$kind, and it hangs with nobody left: it is told, and stays written down', (does) =>
    withReal(async (server) => {
      await cell(proxyGround(server, does), async ({ intents, start, settles }) => {
        const owner = await start();
        process.kill(server.pid, 'SIGSTOP');
        await killBoth(owner);
        const found = await cleanUp(intents, undone);
        process.kill(server.pid, 'SIGCONT');
        expect(found).toMatchObject({ undone: [], failed: [{ why: expect.stringMatching(/(does|did) not answer/) }] });
        expect(await cleanUp(intents, undone)).toMatchObject({ undone: [{}], failed: [] });
        expect(await settles()).toBe(true);
      });
    }),
  );

  test.each([LATENCY, REFUSAL])('$kind, and it is killed: its faults are gone with it', (does) =>
    withReal(async (server) => {
      await cell(proxyGround(server, does), async ({ start, settles }) => {
        const owner = await start();
        await server.stop();
        owner.signal('SIGKILL');
        expect(await settles()).toBe(true);
      });
      const again = await startReal(Number(new URL(server.url).port));
      try {
        await cell(proxyGround(again, does), async ({ intents, start, settles }) => {
          const owner = await start();
          await again.stop();
          await killBoth(owner);
          expect(await cleanUp(intents, undone)).toMatchObject({ undone: [{}], failed: [] });
          expect(await settles()).toBe(true);
        });
      } finally {
        await again.stop();
      }
    }),
  );

  test.each([LATENCY, REFUSAL])('$kind, and it is restarted: what it has then is left alone', (does) =>
    withReal(async (server) => {
      await cell(proxyGround(server, does), async ({ name, intents, start }) => {
        const owner = await start();
        await server.stop();
        const again = await startReal(Number(new URL(server.url).port));
        try {
          const client = toxiproxyClient(again.url);
          const proxy = `p_${name}`;
          await client.createProxy({ name: proxy, upstream: '127.0.0.1:9', listen: '127.0.0.1:0' });
          await client.addToxic(proxy, { name: 'theirs', type: 'noop', stream: 'downstream', attributes: {} });
          const theirs = await client.proxy(proxy);
          owner.signal('SIGKILL');
          expect(await holds(async () => IntentLog.of(intents, name).open().length === 0)).toBe(true);
          expect(await client.proxy(proxy)).toEqual(theirs);
          await client.removeProxy(proxy);
        } finally {
          await again.stop();
        }
      });
    }),
  );
});

async function withReal(work: (server: TestedToxiproxy) => Promise<void>): Promise<void> {
  const server = await startReal();
  try {
    await work(server);
  } finally {
    await server.stop();
  }
}

describe('a process that has got the id of another one', () => {
  const start = processes();

  /** Cleans up after a run that is dead, and whose log says this. */
  const cleaned = async (how: Undo) => {
    cells += 1;
    const intents = mkdtempSync(join(folder, 'reused-'));
    const log = IntentLog.of(intents, 'dead');
    const owner = { pid: process.pid, started: '1' };
    log.intend({ name: 'st_dead_0', says: 'x', undo: how, owner, expiresAt: new Date().toISOString() });
    return await cleanUp(intents, undone);
  };
  const stopped = async () => {
    const { pid } = await start(['sleep', '60']);
    process.kill(pid, 'SIGSTOP');
    await holds(async () => stateOf(pid) === 'T', 2_000);
    const identity = processIdentity(pid);
    if (!identity) throw new Error('it has ended at once');
    return identity;
  };

  test('is not continued', async () => {
    const identity = await stopped();
    const other = { ...identity, started: '1' };
    expect(await cleaned({ kind: 'continue', process: other })).toMatchObject({ undone: [{}], failed: [] });
    expect(stateOf(identity.pid)).toBe('T');
    expect(await cleaned({ kind: 'continue', process: identity })).toMatchObject({ undone: [{}], failed: [] });
    expect(await holds(async () => stateOf(identity.pid) === 'S', 2_000)).toBe(true);
  });

  test('is not ended as if it held something', async () => {
    const identity = await stopped();
    process.kill(identity.pid, 'SIGCONT');
    const other = { ...identity, started: '1' };
    expect(await cleaned({ kind: 'holder', process: other, held: 'x' })).toMatchObject({ undone: [{}], failed: [] });
    expect(processIdentity(identity.pid)).toEqual(identity);
    expect(await cleaned({ kind: 'holder', process: identity, held: 'x' })).toMatchObject({ undone: [{}], failed: [] });
    expect(processIdentity(identity.pid)).toBeUndefined();
  });

  test('is taken for the one that was killed only when the pid file names it', async () => {
    const identity = await stopped();
    process.kill(identity.pid, 'SIGCONT');
    const at = mkdtempSync(join(folder, 'restart-'));
    const pidFile = join(at, 'pid');
    const killed = { ...identity, started: '1' };
    const restart = { kind: 'restart', process: killed, pidFile, folder: at, command: `echo x >> ${at}/ran` } as const;
    writeFileSync(pidFile, `${identity.pid}\n`);
    expect(await cleaned(restart)).toMatchObject({ undone: [{}], failed: [] });
    expect(() => execFileSync('cat', [join(at, 'ran')], { stdio: 'pipe' })).toThrow();
  });
});

describe('two runs at once', () => {
  test.each(Object.keys(GROUNDS))('one dies, and %s of the other stays as it is', async (name) => {
    const intents = join(folder, `both-${name.replaceAll(' ', '-')}`);
    mkdirSync(intents);
    const ground = GROUNDS[name]?.() as Ground;
    await cell(
      ground,
      async (other) => {
        const lives = await other.start();
        const stays = async () => {
          // A clean-up leaves alone what belongs to a run that goes on.
          expect(await cleanUp(intents, undone)).toMatchObject({ failed: [], owned: [{}] });
          expect(await other.place.isBroken()).toBe(true);
        };
        for (const die of [(owner: GuardedOwner) => owner.signal('SIGKILL'), killBoth])
          await cell(
            ground,
            async ({ start, settles }) => {
              await die(await start());
              if (die === killBoth) await cleanUp(intents, undone);
              expect(await settles()).toBe(true);
              await stays();
            },
            intents,
          );
        lives.signal('SIGKILL');
        expect(await other.settles()).toBe(true);
      },
      intents,
    );
  });

  test('have each a toxic on the same proxy, and lose only their own', async () => {
    await cell(proxyGround(ours, LATENCY), async (first) => {
      const dies = await first.start();
      const client = toxiproxyClient(ours.url);
      const proxy = `p_${first.name}`;
      const toxics = async () => (await client.proxy(proxy))?.toxics.map(({ name }) => name);
      const onTheSame: Ground = async (_, cell) => {
        const { injection, isBroken } = first.place;
        const { task } = injection;
        const own = { ...task, name: `st_${cell}`, means: { ...task.means, proxy } as typeof task.means };
        return { injection: { ...injection, task: own }, isBroken, clear: async () => undefined };
      };
      await cell(onTheSame, async ({ name, start, settles }) => {
        const lives = await start();
        expect(await toxics()).toEqual([`st_${first.name}`, `st_${name}`]);
        dies.signal('SIGKILL');
        expect(await holds(async () => IntentLog.of(first.intents, first.name).open().length === 0)).toBe(true);
        expect(await toxics()).toEqual([`st_${name}`]);
        lives.signal('SIGKILL');
        expect(await settles()).toBe(true);
      });
      expect(await first.settles()).toBe(true);
    });
  });
});
