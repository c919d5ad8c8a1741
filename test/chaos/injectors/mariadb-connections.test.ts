import { execFile } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Task } from '../../../chaos/injector.ts';
import { openConnection } from '../../../chaos/injectors/connections/open.ts';
import { connectionsInjector } from '../../../chaos/injectors/connections.ts';
import type { Database } from '../../support/database-process.ts';
import { found, looks, undo } from '../../support/injection.ts';
import { PASSWORD, PLACES, startMariadb } from '../../support/mariadb-server.ts';
import { ownerOf } from '../../support/owner-process.ts';
import { describeWith } from '../../support/real-part.ts';
import { eventually } from '../../support/reference.ts';

for (const tls of [false, true]) {
  describeWith('mariadbd', `connections of a real MariaDB${tls ? ' with TLS' : ''}`, () => {
    let server: Database;
    beforeAll(async () => {
      server = await startMariadb({ tls });
    });
    afterAll(() => server?.stop());

    const url = (user: string, rest = 'meetings') =>
      `mysql://${user}:${encodeURIComponent(user === 'empty' ? '' : PASSWORD)}@127.0.0.1:${server.port}/${rest}`;
    const task = (connections: number | 'all', at = url('native')): Task<'connections'> => ({
      name: 'st_test_0',
      does: { kind: 'hold', connections },
      means: { by: 'connections', server: 'mysql', url: at },
      lasting: 60_000,
    });
    /** What MariaDB's own client hears when it connects without a password: `ok`, or the number of the error. */
    const heard = () =>
      new Promise<string>((resolve) => {
        const options = [
          '--no-defaults',
          '-h127.0.0.1',
          `-P${server.port}`,
          '-uempty',
          '--skip-ssl',
          '-Ne',
          'SELECT 1',
        ];
        execFile('mariadb', options, (error, _, said) => {
          resolve(error ? (/ERROR (\d+)/.exec(said)?.[1] ?? said) : 'ok');
        });
      });
    const free = () => eventually(async () => (await heard()) === 'ok');

    test('are opened, with a password and without, over TCP and a Unix socket', async () => {
      const urls = [
        url('native'),
        url('native', ''),
        url('empty', ''),
        `${url('native')}?socket=${server.folder}/socket`,
      ];
      for (const at of urls) (await openConnection({ server: 'mysql', url: at }, 5_000)).destroy();
    });

    test('are opened over TLS where the server offers it, and not where it has to be offered and is not', async () => {
      const opened = openConnection({ server: 'mysql', url: url('native', '?sslmode=require') }, 5_000);
      if (tls) (await opened).destroy();
      else await expect(opened).rejects.toThrow('offers no TLS');
      const verified = openConnection({ server: 'mysql', url: url('native', '?sslmode=verify-full') }, 5_000);
      await expect(verified).rejects.toThrow(tls ? 'self-signed certificate' : 'offers no TLS');
    });

    test('are refused to a wrong password, which is never told, and to a way to sign in that is not known', async () => {
      const wrong = `mysql://native:not-the-right-one@127.0.0.1:${server.port}/`;
      const refused = await connectionsInjector.prepare(task('all', wrong)).catch((error: Error) => error);
      expect(refused).toMatchObject({ name: 'CannotInject', message: expect.stringContaining('1045: Access denied') });
      expect(JSON.stringify(refused) + String(refused)).not.toContain('not-the-right-one');
      await expect(connectionsInjector.prepare(task('all', url('odd', '')))).rejects.toThrow('mysql_old_password');
    });

    test('are all held until nobody else gets one, and let go', async () => {
      await free();
      const prepared = await connectionsInjector.prepare(task('all'));
      try {
        const before = await looks(prepared);
        expect(prepared.bites(before, before)).toMatchObject({ holds: false });
        await prepared.inject();
        expect(await heard()).toBe('1040');
        const bite = await found((seen) => prepared.bites(before, seen), prepared);
        expect(bite).toMatchObject({
          holds: true,
          says: expect.stringMatching(`^${PLACES} connections held, 5 of 5 .*1040`),
        });
        await undo(prepared.undo);
        expect(await found((seen) => prepared.gone(before, seen), prepared)).toMatchObject({ holds: true });
        await free();
      } finally {
        await prepared.close();
      }
    });

    test('of one user are held where only that user has a limit', async () => {
      await free();
      const prepared = await connectionsInjector.prepare(task('all', url('limited', '')));
      try {
        await prepared.inject();
        expect(await heard()).toBe('ok');
        const finding = prepared.bites([], await looks(prepared));
        expect(finding).toMatchObject({
          holds: true,
          says: expect.stringMatching(/^3 connections held, .*(1203|1226)/),
        });
      } finally {
        await prepared.close();
      }
    });

    test.each(['holder', 'owner'] as const)('are closed by the kernel when their %s is killed', async (victim) => {
      await free();
      const owner = await ownerOf('connections', 'connectionsInjector', task('all'));
      expect(await heard()).toBe('1040');
      if (owner.undo.kind !== 'holder') throw new Error('nobody holds them');
      if (victim === 'holder') process.kill(owner.undo.process.pid, 'SIGKILL');
      else await owner.kill();
      await free();
      await owner.kill();
      await undo(owner.undo);
    });
  });
}
