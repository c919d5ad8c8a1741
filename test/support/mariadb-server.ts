import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openConnection } from '../../chaos/injectors/connections/open.ts';
import { unprivileged } from '../../targets/reference/supervision/owner.ts';
import { type Database, databaseFolder, freePort, startDatabase } from './database-process.ts';
import { pathOf } from './real-part.ts';

/** Places for everybody; MariaDB has one more for whoever may do everything. */
export const PLACES = 10;

export const PASSWORD = "päss w'örd/:@%";

/**
 * Starts a real MariaDB with the users `native`, `empty` (without a password), `limited` (to 3 connections) and `odd` (who
 * signs in as twenty years ago).
 */
export async function startMariadb({ tls = false } = {}): Promise<Database> {
  const [folder, owner, port] = [databaseFolder(), unprivileged(), await freePort()];
  const [data, socket] = [join(folder, 'data'), join(folder, 'socket')];
  const install = ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'];
  execFileSync('mariadb-install-db', install, { ...owner, cwd: '/', stdio: 'ignore' });
  const quoted = PASSWORD.replace("'", "''");
  const statements = [
    `CREATE USER native@localhost IDENTIFIED BY '${quoted}'`,
    'CREATE USER empty@localhost',
    `CREATE USER limited@localhost IDENTIFIED BY '${quoted}' WITH MAX_USER_CONNECTIONS 3`,
    `CREATE USER odd@localhost IDENTIFIED VIA mysql_old_password USING '0123456789abcdef'`,
    'CREATE DATABASE meetings',
    `GRANT ALL ON meetings.* TO native@localhost`,
  ];
  writeFileSync(join(folder, 'init.sql'), statements.map((statement) => `${statement};\n`).join(''));
  const options = [
    '--no-defaults',
    `--datadir=${data}`,
    `--socket=${socket}`,
    `--pid-file=${join(folder, 'pid')}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    `--max-connections=${PLACES}`,
    `--init-file=${join(folder, 'init.sql')}`,
    '--secure-auth=0',
    '--character-set-server=utf8mb4',
    '--innodb-buffer-pool-size=8M',
    ...(tls ? [`--ssl-cert=${join(folder, 'server.crt')}`, `--ssl-key=${join(folder, 'server.key')}`] : []),
  ];
  const answers = async () => {
    const url = `mysql://native:${encodeURIComponent(PASSWORD)}@localhost/?socket=${socket}`;
    (await openConnection({ server: 'mysql', url }, 2_000)).destroy();
  };
  return startDatabase(folder, port, [pathOf('mariadbd') ?? 'mariadbd', ...options], answers);
}
