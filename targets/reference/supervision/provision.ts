import { randomBytes } from 'node:crypto';
import type { DatabaseAccess } from '../gateway/order.ts';

const ROLE = 'conference';

/** Makes the conference's own role in a fresh PostgreSQL, with a random password; `folder` holds the superuser's socket. */
export async function provisioned(folder: string, port: number): Promise<DatabaseAccess> {
  const { default: pg } = await import('pg');
  const password = randomBytes(18).toString('base64url');
  const superuser = new pg.Client({ host: folder, port, user: 'stormtest', database: 'postgres' });
  await superuser.connect();
  try {
    await superuser.query(`CREATE ROLE ${ROLE} LOGIN PASSWORD '${password}'`);
    await superuser.query(`GRANT ALL ON SCHEMA public TO ${ROLE}`);
  } finally {
    await superuser.end();
  }
  return { host: '127.0.0.1', port, user: ROLE, password };
}
