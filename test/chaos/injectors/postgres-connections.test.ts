import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Task } from '../../../chaos/injector.ts';
import { openConnection } from '../../../chaos/injectors/connections/open.ts';
import { connectionsInjector } from '../../../chaos/injectors/connections.ts';
import type { Database } from '../../support/database-process.ts';
import { found, looks, undo } from '../../support/injection.ts';
import { ownerOf } from '../../support/owner-process.ts';
import { PASSWORD, PLACES, POSTGRES_USERS, postgresUrl, startPostgresServer } from '../../support/postgres-server.ts';
import { describeWithReference, eventually } from '../../support/reference.ts';

describeWithReference('connections of a real PostgreSQL', () => {
  let server: Database;
  beforeAll(async () => {
    server = await startPostgresServer();
  });
  afterAll(() => server?.stop());

  const url = (user: string, rest?: string) => postgresUrl(server, user, rest);
  const overSocket = (user: string) => `${url(user)}?host=${server.folder}`;
  const task = (connections: number | 'all', at = url('scram-sha-256')): Task<'connections'> => ({
    name: 'st_test_0',
    does: { kind: 'hold', connections },
    means: { by: 'connections', server: 'postgres', url: at },
    lasting: 60_000,
  });
  /** How many connections the server itself counts for a user. */
  const counted = async (user: string): Promise<number> => {
    const client = new pg.Client({ host: server.folder, port: server.port, user: 'admin', database: 'postgres' });
    await client.connect();
    try {
      const text = 'SELECT count(*)::int AS open FROM pg_stat_activity WHERE usename = $1 AND state IS NOT NULL';
      return (await client.query<{ open: number }>(text, [user])).rows[0]?.open ?? -1;
    } finally {
      await client.end();
    }
  };
  const free = () => eventually(async () => (await counted('scram-sha-256')) === 0);
  const code = async (): Promise<string> => {
    const client = new pg.Client({ connectionString: url('trust'), connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return 'accepted';
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    }
  };

  test.each(POSTGRES_USERS)('are opened when the server asks for %s', async (user) => {
    for (const at of [url(user), `${url(user)}?sslmode=disable`, overSocket(user)]) {
      const socket = await openConnection({ server: 'postgres', url: at }, 5_000);
      await eventually(async () => (await counted(user)) === 1);
      socket.destroy();
      await eventually(async () => (await counted(user)) === 0);
    }
  });

  test('are opened over TLS, and the certificate is looked at where that is asked for', async () => {
    const open = (rest: string) => openConnection({ server: 'postgres', url: url('tls', rest) }, 5_000);
    for (const rest of ['', '?sslmode=require']) (await open(rest)).destroy();
    await expect(open('?sslmode=disable')).rejects.toMatchObject({ code: '28000' });
    await expect(open('?sslmode=verify-full')).rejects.toThrow('self-signed certificate');
  });

  test.each(['scram-sha-256', 'md5', 'password'])(
    'are refused to a wrong password (%s), which is never told',
    async (user) => {
      const wrong = `postgres://${user}:not-the-right-one@127.0.0.1:${server.port}/postgres`;
      const refused = await connectionsInjector.prepare(task('all', wrong)).catch((error: Error) => error);
      expect(refused).toMatchObject({ name: 'CannotInject', message: expect.stringContaining('28P01') });
      expect(JSON.stringify(refused) + String(refused)).not.toContain('not-the-right-one');
    },
  );

  test('are all held until nobody else gets one, and let go', async () => {
    await free();
    const prepared = await connectionsInjector.prepare(task('all'));
    try {
      const before = await looks(prepared);
      expect(prepared.bites(before, before)).toMatchObject({ holds: false });
      await prepared.inject();
      // The place of the last look may have been free a moment later.
      await eventually(async () => (await counted('scram-sha-256')) === PLACES);
      // PostgreSQL's own client, of another user.
      expect(await code()).toBe('53300');
      const bite = await found((seen) => prepared.bites(before, seen), prepared);
      expect(bite).toMatchObject({ holds: true, says: expect.stringMatching(/^12 connections held, 5 of 5 .*53300/) });
      expect(prepared.gone(before, await looks(prepared))).toMatchObject({ holds: false });
      expect(JSON.stringify(prepared.undo)).not.toContain(PASSWORD);
      await undo(prepared.undo);
      expect(await found((seen) => prepared.gone(before, seen), prepared)).toMatchObject({ holds: true });
      await free();
      expect(await code()).toBe('accepted');
    } finally {
      await prepared.close();
    }
  });

  test('that others let go of are taken as well', async () => {
    await free();
    const others = [];
    for (let n = 0; n < 4; n += 1) others.push(await openConnection({ server: 'postgres', url: url('md5') }, 5_000));
    const prepared = await connectionsInjector.prepare(task('all'));
    try {
      await prepared.inject();
      await eventually(async () => (await counted('scram-sha-256')) === PLACES - 4);
      for (const other of others) other.destroy();
      await eventually(async () => (await counted('scram-sha-256')) === PLACES);
      expect(prepared.bites([], await looks(prepared))).toMatchObject({ holds: true });
    } finally {
      for (const other of others) other.destroy();
      await prepared.close();
    }
  });

  test('are held in the number that was asked, and others still get one', async () => {
    await free();
    const prepared = await connectionsInjector.prepare(task(5));
    try {
      await prepared.inject();
      await sleep(500);
      expect(await counted('scram-sha-256')).toBe(5);
      expect(await code()).toBe('accepted');
      expect(prepared.bites([], await looks(prepared))).toMatchObject({ holds: true });
    } finally {
      await prepared.close();
    }
    await free();
  });

  test('that are fewer than asked are told to be fewer', async () => {
    await free();
    const prepared = await connectionsInjector.prepare(task(40));
    try {
      await prepared.inject();
      await eventually(async () => (await counted('scram-sha-256')) === PLACES);
      await sleep(200);
      const finding = prepared.bites([], await looks(prepared));
      expect(finding).toMatchObject({ holds: false, says: expect.stringContaining('12 connections held, 40 asked') });
    } finally {
      await prepared.close();
    }
  });

  test.each(['holder', 'owner'] as const)('are closed by the kernel when their %s is killed', async (victim) => {
    await free();
    const owner = await ownerOf('connections', 'connectionsInjector', task('all'));
    expect(await code()).toBe('53300');
    if (owner.undo.kind !== 'holder') throw new Error('nobody holds them');
    if (victim === 'holder') process.kill(owner.undo.process.pid, 'SIGKILL');
    else await owner.kill();
    await free();
    expect(await code()).toBe('accepted');
    await owner.kill();
    await undo(owner.undo);
  });

  test('of a server that is not there, or in words that are none, are refused before anything is done', async () => {
    const prepare = (at: string) => connectionsInjector.prepare(task('all', at));
    await expect(prepare('postgres://me:secret@127.0.0.1:9/x')).rejects.toThrow('ECONNREFUSED');
    await expect(prepare('mysql://me:secret@127.0.0.1:9/x')).rejects.toThrow('none that begins with postgres://');
    await expect(prepare('postgres://127.0.0.1:9/x')).rejects.toThrow('names no user');
    await expect(prepare('postgres://me@127.0.0.1:9/x?sslmode=perhaps')).rejects.toThrow('sslmode has to be');
    await expect(connectionsInjector.prepare(task(5_001))).rejects.toThrow('no more than 5000');
  });
});
