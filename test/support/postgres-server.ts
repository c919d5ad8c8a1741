import { execFileSync } from 'node:child_process';
import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { usableBinaries } from '../../targets/reference/supervision/binaries.ts';
import { unprivileged } from '../../targets/reference/supervision/owner.ts';
import { requiredBinaries } from '../../targets/reference/supervision/requirements.ts';
import { type Database, databaseFolder, freePort, startDatabase } from './database-process.ts';

/** Places for everybody, and those beyond that PostgreSQL keeps for superusers. */
export const PLACES = 12;
const RESERVED = 2;

/** Who may sign in, and in which way; the password of each is in need of care where words are put together. */
export const POSTGRES_USERS = ['scram-sha-256', 'md5', 'password', 'trust'] as const;
export const PASSWORD = "päss w'örd/:@%";

/** Where one of them signs in; `rest` is what stands behind the database: `?sslmode=disable`. */
export function postgresUrl({ port }: Pick<Database, 'port'>, user: string, rest = ''): string {
  return `postgres://${user}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/postgres${rest}`;
}

/** Starts a real PostgreSQL with a user for each way to sign in, named like it. */
export async function startPostgresServer(): Promise<Database> {
  const [folder, owner, port] = [databaseFolder(), unprivileged(), await freePort()];
  const programs = await usableBinaries(requiredBinaries(), folder, owner);
  const data = join(folder, 'data');
  const initdb = ['-D', data, '-U', 'admin', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(programs, 'initdb'), initdb, { ...owner, cwd: '/', stdio: 'ignore' });
  const rules = POSTGRES_USERS.map((way) => `all "${way}" ${way}`);
  const hosts = rules.flatMap((rule) => [`host ${rule.replace(/ (\S+)$/, ' 127.0.0.1/32 $1')}`, `local ${rule}`]);
  const only = 'hostnossl all "tls" 127.0.0.1/32 reject\nhostssl all "tls" 127.0.0.1/32 scram-sha-256';
  writeFileSync(join(data, 'pg_hba.conf'), `local all admin trust\n${only}\n${hosts.join('\n')}\n`);
  if (owner) chownSync(join(data, 'pg_hba.conf'), owner.uid, owner.gid);
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: folder,
    max_connections: PLACES + RESERVED,
    superuser_reserved_connections: RESERVED,
    ssl: 'on',
    ssl_cert_file: join(folder, 'server.crt'),
    ssl_key_file: join(folder, 'server.key'),
    fsync: 'off',
    dynamic_shared_memory_type: 'mmap',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = [join(programs, 'postgres'), '-D', data, ...options];
  return startDatabase(folder, port, command, () => made(folder, port));
}

async function made(host: string, port: number): Promise<void> {
  const client = new pg.Client({ host, port, user: 'admin', database: 'postgres' });
  await client.connect();
  try {
    for (const way of [...POSTGRES_USERS, 'tls']) {
      await client.query(`SET password_encryption = '${way === 'md5' ? 'md5' : 'scram-sha-256'}'`);
      await client.query(`CREATE ROLE "${way}" LOGIN PASSWORD ${client.escapeLiteral(PASSWORD)}`);
    }
  } finally {
    await client.end();
  }
}
