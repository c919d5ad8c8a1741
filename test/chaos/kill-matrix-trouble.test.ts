import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cleanUp } from '../../chaos/cleanup.ts';
import { IntentLog, openLogs } from '../../chaos/intents.ts';
import { manualOf } from '../../chaos/manual.ts';
import { processIdentity } from '../../chaos/process-identity.ts';
import { type Relay, startRelay } from '../../chaos/relay/relay.ts';
import { toxiproxyClient } from '../../chaos/toxiproxy/client.ts';
import { undone } from '../../chaos/undoing.ts';
import { processes, stateOf } from '../support/busy-process.ts';
import { type GuardedOwner, guardedOwner } from '../support/guarded-owner.ts';
import {
  commandGround,
  type Ground,
  processGround,
  proxyGround,
  relayGround,
  throttleGround,
  volumeGround,
} from '../support/matrix-places.ts';
import { describeWith } from '../support/real-part.ts';
import { startOurs, startReal, type TestedToxiproxy } from '../support/toxiproxy.ts';

const LATENCY = { kind: 'latency', latency: 100, jitter: 0 } as const;
const isRoot = process.getuid?.() === 0;

let folder: string;
const owners: GuardedOwner[] = [];
let count = 0;

/** A folder of its own for the intent logs of a cell. */
const intentsOf = (cell: string) => join(folder, `intents-${cell}`);
const nextCell = () => {
  count += 1;
  return `${process.pid}y${count}`;
};
const applied = async (ground: Ground, cell: string, run = cell) => {
  const place = await ground(folder, cell);
  const owner = await guardedOwner(place.injection, intentsOf(run), cell, 'applied');
  owners.push(owner);
  return { place, owner };
};
const settles = (cell: string, within = 15_000) =>
  holdsWithin(within, async () => openLogs(intentsOf(cell)).every((log) => log.open().length === 0));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stormtest-trouble-'));
});
afterEach(async () => {
  for (const owner of owners.splice(0)) {
    owner.signal('SIGKILL');
    await owner.ended();
  }
});
afterAll(() => {
  console.log(`kill matrix in trouble: ${count} cells`);
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!isRoot)(`the disk of the intent log is full${isRoot ? '' : ' (needs root)'}`, () => {
  const grounds: Readonly<Record<string, () => Ground>> = {
    'a proxy': () => proxyGround(server, LATENCY),
    'a relay of datagrams': () => relayGround(relay),
    'a process that is killed': () => processGround({ kind: 'kill' }),
    'a process that is stopped': () => processGround({ kind: 'pause' }),
    'a process that is throttled': () => throttleGround,
    'a volume': () => volumeGround,
    commands: () => commandGround,
  };
  let server: TestedToxiproxy;
  let relay: Relay;
  beforeAll(async () => {
    server = await startOurs();
    relay = await startRelay({ seed: 1 });
  });
  afterAll(async () => {
    await server.stop();
    await relay.stop();
  });

  test.each(Object.keys(grounds))('so nothing is done to %s', async (name) => {
    const cell = nextCell();
    const at = intentsOf(cell);
    mkdirSync(at);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'stormtest', at]);
    try {
      execFileSync('sh', ['-c', `cat /dev/zero > ${at}/full 2>/dev/null || true`]);
      const ground = grounds[name]?.();
      if (!ground) throw new Error(`there is no ground ${name}`);
      const place = await ground(folder, cell);
      await expect(guardedOwner(place.injection, at, cell, 'applied', 'ignore')).rejects.toThrow('ended before');
      expect(await place.isBroken()).toBe(false);
      await place.clear();
    } finally {
      execFileSync('umount', ['-l', at]);
    }
  });
});

describeWith('toxiproxy', 'the real Toxiproxy', () => {
  let server: TestedToxiproxy;
  beforeAll(async () => {
    server = await startReal();
  });
  afterAll(() => server.stop());

  test('hangs while its run dies, and is whole again when it is back', async () => {
    const cell = nextCell();
    const { place, owner } = await applied(proxyGround(server, LATENCY), cell);
    process.kill(server.pid, 'SIGSTOP');
    owner.signal('SIGKILL');
    await sleep(3_000);
    process.kill(server.pid, 'SIGCONT');
    expect(await settles(cell)).toBe(true);
    expect(await place.isBroken()).toBe(false);
  });

  test('hangs with nobody left: the clean-up fails, keeps the intent and says what to type', async () => {
    const cell = nextCell();
    const { place, owner } = await applied(proxyGround(server, LATENCY), cell);
    process.kill(server.pid, 'SIGSTOP');
    owner.signal('SIGKILL');
    process.kill(owner.watchdog, 'SIGKILL');
    await owner.ended();
    const { failed } = await cleanUp(intentsOf(cell), undone);
    expect(failed).toHaveLength(1);
    process.kill(server.pid, 'SIGCONT');
    const [{ intent } = { intent: undefined }] = failed;
    if (!intent) throw new Error('nothing failed');
    execFileSync('sh', ['-c', `${manualOf(intent.undo)} -s`]);
    expect(await place.isBroken()).toBe(false);
    expect((await cleanUp(intentsOf(cell), undone)).undone).toHaveLength(1);
  });

  test('is killed: its faults are gone with it', async () => {
    const own = await startReal();
    const cell = nextCell();
    const { owner } = await applied(proxyGround(own, LATENCY), cell);
    await own.stop();
    owner.signal('SIGKILL');
    expect(await settles(cell)).toBe(true);
  });

  test('is restarted: what it has now is left alone', async () => {
    const own = await startReal();
    const cell = nextCell();
    const { owner } = await applied(proxyGround(own, LATENCY), cell);
    await own.stop();
    const again = await startReal(Number(new URL(own.url).port));
    try {
      const client = toxiproxyClient(again.url);
      await client.createProxy({ name: `p_${cell}`, upstream: '127.0.0.1:9', listen: '127.0.0.1:0' });
      await client.addToxic(`p_${cell}`, { name: 'theirs', type: 'noop', stream: 'downstream', attributes: {} });
      owner.signal('SIGKILL');
      expect(await settles(cell)).toBe(true);
      expect((await client.proxy(`p_${cell}`))?.toxics.map(({ name }) => name)).toEqual(['theirs']);
    } finally {
      await again.stop();
    }
  });
});

describe('others', () => {
  const start = processes();

  test('who got the id of a process since are left alone', async () => {
    const cell = nextCell();
    const { pid } = await start(['sleep', '60']);
    process.kill(pid, 'SIGSTOP');
    await holdsWithin(2_000, async () => stateOf(pid) === 'T');
    const before = spawn('true');
    const dead = { pid: before.pid ?? 0, started: '1' };
    const log = IntentLog.of(intentsOf(cell), cell);
    const expiresAt = new Date().toISOString();
    log.intend({
      name: 'st_x',
      says: 'x',
      undo: { kind: 'continue', process: { pid, started: '1' } },
      owner: dead,
      expiresAt,
    });
    expect((await cleanUp(intentsOf(cell), undone)).undone).toHaveLength(1);
    expect(stateOf(pid)).toBe('T');
    const identity = processIdentity(pid);
    if (!identity) throw new Error('the process is gone');
    log.intend({ name: 'st_y', says: 'y', undo: { kind: 'continue', process: identity }, owner: dead, expiresAt });
    expect((await cleanUp(intentsOf(cell), undone)).undone).toHaveLength(1);
    expect(await holdsWithin(2_000, async () => stateOf(pid) === 'S')).toBe(true);
  });

  test('who run at the same time keep their faults when one dies', async () => {
    const server = await startOurs();
    try {
      const [one, other] = [nextCell(), nextCell()];
      const ground = proxyGround(server, LATENCY);
      const first = await applied(ground, one);
      const client = toxiproxyClient(server.url);
      // The second run puts its own toxic on the very same proxy.
      const shared: Ground = async (...given) => {
        const { injection, ...place } = await ground(...given);
        const means = { ...injection.task.means, proxy: `p_${one}` } as typeof injection.task.means;
        return { ...place, injection: { ...injection, task: { ...injection.task, means } } };
      };
      await applied(shared, other);
      const names = async () => (await client.proxy(`p_${one}`))?.toxics.map(({ name }) => name);
      expect(await names()).toEqual([`st_${one}`, `st_${other}`]);
      first.owner.signal('SIGKILL');
      expect(await settles(one)).toBe(true);
      expect(await names()).toEqual([`st_${other}`]);
      // A clean-up leaves alone what belongs to a run that goes on.
      expect((await cleanUp(intentsOf(other), undone)).owned).toHaveLength(1);
      expect(await names()).toEqual([`st_${other}`]);
    } finally {
      await server.stop();
    }
  });
});

async function holdsWithin(ms: number, holds: () => Promise<boolean>): Promise<boolean> {
  for (const end = performance.now() + ms; performance.now() < end; await sleep(100)) if (await holds()) return true;
  return false;
}
