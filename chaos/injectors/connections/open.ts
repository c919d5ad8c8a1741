import type { Socket } from 'node:net';
import { deferred } from '../../../core/deferred.ts';
import type { ConnectionsMeans } from '../../../core/means.ts';
import { Line } from './line.ts';
import { loginOf } from './login.ts';
import { signInToMysql } from './mysql.ts';
import { signInToPostgres } from './postgres.ts';

const SIGN_IN = { postgres: signInToPostgres, mysql: signInToMysql } as const;

/**
 * Opens a connection to a database and signs in; whoever gets it closes it. Throws Refusal when the server says no, and
 * other errors when there was no server, no understanding, or no answer in `within` milliseconds.
 */
export async function openConnection(
  { server, url }: Pick<ConnectionsMeans, 'server' | 'url'>,
  within: number,
): Promise<Socket> {
  const login = loginOf({ server, url });
  const over = new AbortController();
  const late = deferred<never>();
  const timer = setTimeout(() => {
    late.reject(new Error(`the database did not answer within ${within / 1_000} s`));
    over.abort();
  }, within);
  let line: Line | undefined;
  try {
    line = await Promise.race([Line.to(login.address, over.signal), late.promise]);
    await Promise.race([SIGN_IN[server](line, login), late.promise]);
    return line.held();
  } catch (error) {
    line?.close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
