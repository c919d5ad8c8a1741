import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cleanUp } from '../../chaos/cleanup.ts';
import { openLogs } from '../../chaos/intents.ts';
import { startRelay } from '../../chaos/relay/relay.ts';
import { undone } from '../../chaos/undoing.ts';
import { end } from '../support/busy-process.ts';
import { type GuardedOwner, guardedOwner, type Reached } from '../support/guarded-owner.ts';
import { holds } from '../support/holds.ts';
import {
  commandGround,
  connectionsGround,
  type Ground,
  processGround,
  proxyGround,
  relayGround,
  throttleGround,
  volumeGround,
} from '../support/matrix-places.ts';
import { postgresUrl, startPostgresServer } from '../support/postgres-server.ts';
import { describeWith } from '../support/real-part.ts';
import { describeWithReference } from '../support/reference.ts';
import { startOurs, startReal, type TestedToxiproxy } from '../support/toxiproxy.ts';

const REACHED: readonly Reached[] = ['intended', 'applied', 'being lifted'];

/** Milliseconds within which a fault has to be gone: a time to live of five seconds, and two more. */
const GONE_WITHIN = 7_000;
/** What noise on a busy machine may add. */
const GRACE = 5_000;
const AT_ONCE = 6;

/** The ways in which who could undo a fault dies, and what may do it then. */
const DEATHS: Readonly<
  Record<string, { kill(owner: GuardedOwner): Promise<void> | void; heirs: 'watchdog' | 'nobody' }>
> = {
  'the owner': { kill: (owner) => owner.signal('SIGKILL'), heirs: 'watchdog' },
  'the watchdog, then the owner': {
    async kill(owner) {
      end(owner.watchdog);
      // The owner notices, and has another one watch.
      await sleep(1_000);
      owner.signal('SIGKILL');
    },
    heirs: 'watchdog',
  },
  'both, the owner first': {
    kill(owner) {
      owner.signal('SIGKILL');
      end(owner.watchdog);
    },
    heirs: 'nobody',
  },
  'both, the watchdog first': {
    kill(owner) {
      end(owner.watchdog);
      owner.signal('SIGKILL');
    },
    heirs: 'nobody',
  },
  'the owner hangs': { kill: (owner) => owner.signal('SIGSTOP'), heirs: 'watchdog' },
};

let folder: string;
let count = 0;
let residual = 0;

describe('the kill matrix', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'stormtest-matrix-'));
  });
  afterAll(() => {
    console.log(`kill matrix: ${count} cells, ${residual} residual faults`);
    rmSync(folder, { recursive: true, force: true });
  });

  describe('our Toxiproxy', () => proxies(() => startOurs()));
  describeWith('toxiproxy', 'the real Toxiproxy', () => proxies(() => startReal()));

  test('a relay of datagrams', async () => {
    const relay = await startRelay({ seed: 1 });
    try {
      await matrix(relayGround(relay));
    } finally {
      await relay.stop();
    }
  }, 600_000);
  test('a process that is killed', () => matrix(processGround({ kind: 'kill' })), 600_000);
  test('a process that is stopped', () => matrix(processGround({ kind: 'pause' })), 600_000);
  test('a process that is throttled', () => matrix(throttleGround), 600_000);
  test('commands of the owner', () => matrix(commandGround), 600_000);
  test.runIf(process.getuid?.() === 0)('a volume that is filled', () => matrix(volumeGround), 600_000);

  describeWithReference('a database', () => {
    test('whose connections are held', async () => {
      const server = await startPostgresServer();
      const url = postgresUrl(server, 'password', '?sslmode=disable');
      try {
        // They share the database, so one after another.
        await matrix(
          connectionsGround(url, () => isFull(url)),
          1,
        );
      } finally {
        await server.stop();
      }
    }, 900_000);
  });
});

function proxies(start: () => Promise<TestedToxiproxy>): void {
  let server: TestedToxiproxy;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.stop());
  test('with a toxic', () => matrix(proxyGround(server, { kind: 'latency', latency: 100, jitter: 0 })), 600_000);
  test('with a proxy disabled', () => matrix(proxyGround(server, { kind: 'refusal' })), 600_000);
}

/** All cells of one injector: so far and in this way, nothing may be left. */
async function matrix(ground: Ground, atOnce = AT_ONCE): Promise<void> {
  const cells = REACHED.flatMap((reached) => Object.keys(DEATHS).map((death) => ({ reached, death })));
  const left: string[] = [];
  const queue = cells.values();
  const lane = async () => {
    for (const { reached, death } of queue) {
      count += 1;
      const found = await cell(ground, reached, death, `${process.pid}x${count}`);
      if (found === undefined) continue;
      residual += 1;
      left.push(`${reached}, ${death}: ${found}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  expect(left).toEqual([]);
}

/** One cell; gives what is left, if anything is. */
async function cell(ground: Ground, reached: Reached, death: string, name: string): Promise<string | undefined> {
  const { kill, heirs } = DEATHS[death] ?? {};
  if (!kill) throw new Error(`nobody dies by ${death}`);
  const intents = join(folder, `intents-${name}`);
  const place = await ground(folder, name);
  const isWhole = async () => !(await place.isBroken());
  // The watchdog notes what it has undone; with its owner gone it clears the log.
  const isSettled = async () => openLogs(intents).every((log) => log.open().length === 0);
  const owner = await guardedOwner(place.injection, intents, name, reached);
  try {
    if (reached === 'applied' && (await isWhole())) return 'the fault was never there';
    await kill(owner);
    if (heirs === 'watchdog') {
      if (!(await holds(isWhole, GONE_WITHIN + GRACE))) return 'still broken';
      if (!(await holds(isSettled, GONE_WITHIN))) return 'still in the intent log';
      return undefined;
    }
    await owner.ended();
    const { failed } = await cleanUp(intents, undone);
    if (failed.length > 0) return `not cleaned up: ${failed[0]?.why}`;
    return (await holds(isWhole, GONE_WITHIN)) ? undefined : 'still broken after the clean-up';
  } finally {
    owner.signal('SIGKILL');
    await owner.ended();
    await place.clear();
  }
}

async function isFull(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url.replace('?sslmode=disable', '') });
  try {
    await client.connect();
    await client.end();
    return false;
  } catch {
    return true;
  }
}
