import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openConnection } from '../../../chaos/injectors/connections/open.ts';
import { describeWith, pathOf } from '../../support/real-part.ts';

const PASSWORD = "päss w'örd/:@%";

describeWith('mysql-login', 'signing in to MySQL', () => {
  for (const way of ['caching_sha2_password', 'mysql_native_password']) {
    describe(`by ${way}`, () => {
      let server: ChildProcess;
      let port: string;
      beforeEach(async () => {
        server = spawn(pathOf('mysql-login') ?? 'mysql-login', [way, 'someone', PASSWORD], {
          stdio: ['pipe', 'pipe', 'ignore'],
        });
        if (!server.stdout) throw new Error('no output');
        [port] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
      });
      afterEach(async () => {
        const exit = once(server, 'exit');
        server.stdin?.end();
        await exit;
      });
      const open = (sslmode: string, password = PASSWORD) => {
        const url = `mysql://someone:${encodeURIComponent(password)}@127.0.0.1:${port}/?sslmode=${sslmode}`;
        return openConnection({ server: 'mysql', url }, 5_000);
      };

      // The first time the server wants the whole password, by its key or under TLS; then it knows it.
      test.each(['disable', 'require'])('works the first time and later (sslmode=%s)', async (sslmode) => {
        for (let n = 0; n < 3; n += 1) (await open(sslmode)).destroy();
      });

      test.each(['disable', 'require'])('is refused with another password (sslmode=%s)', async (sslmode) => {
        await expect(open(sslmode, 'another')).rejects.toMatchObject({ name: 'Refusal', code: '1045' });
        (await open(sslmode)).destroy();
        await expect(open(sslmode, 'another')).rejects.toMatchObject({ name: 'Refusal', code: '1045' });
      });
    });
  }
});
