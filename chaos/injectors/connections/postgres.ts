import { createHash } from 'node:crypto';
import type { Line } from './line.ts';
import type { Login } from './login.ts';
import { Refusal } from './refusal.ts';
import { scram } from './scram.ts';

/** A message of the server: its type and what is in it (PostgreSQL's manual, "Message Formats"). */
interface Message {
  readonly type: string;
  readonly body: Buffer;
}

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const PROTOCOL = 196_608;

/** What the server asks for to sign in. */
const ASKS = { nothing: 0, cleartext: 3, md5: 5, sasl: 10 } as const;

/** No message of a server before it is ready is longer. */
const LONGEST = 1_048_576;

/** Signs in to PostgreSQL, until it is ready for a query; throws Refusal with its SQLSTATE. */
export async function signInToPostgres(line: Line, login: Login): Promise<void> {
  if (login.tls !== 'disable' && 'host' in login.address) await secure(line, login);
  line.send(startup(login));
  await authenticated(line, login);
  while ((await next(line)).type !== 'Z');
}

async function secure(line: Line, login: Login): Promise<void> {
  line.send(SSL_REQUEST);
  const answer = (await line.take(1)).toString('latin1');
  // A server that has no place left says so at once, whatever it was asked.
  if (answer === 'E') throw refusalOf(await bodyOf(line));
  if (answer === 'S') await line.secure(login);
  else if (login.tls !== 'prefer') throw new Error('the database offers no TLS, and sslmode asks for it');
}

function startup({ user, database }: Login): Buffer {
  const parameters = ['user', user, 'database', database, 'application_name', 'stormtest', ''];
  const body = Buffer.from(parameters.map((text) => `${text}\0`).join(''));
  return Buffer.concat([int32(body.length + 8), int32(PROTOCOL), body]);
}

async function authenticated(line: Line, { user, password }: Login): Promise<void> {
  const { type, body } = await next(line);
  if (type !== 'R') throw unexpected();
  const asks = body.readInt32BE(0);
  if (asks === ASKS.nothing) return;
  if (asks === ASKS.cleartext) line.send(said(`${password}\0`));
  else if (asks === ASKS.md5) line.send(said(`md5${md5(md5(password + user), body.subarray(4, 8))}\0`));
  else if (asks === ASKS.sasl) await scrammed(line, body.subarray(4).toString().split('\0'), password);
  else throw new Error(`the database asks for a way to sign in that is not known here (${asks})`);
  const answer = await next(line);
  if (answer.type !== 'R' || answer.body.readInt32BE(0) !== ASKS.nothing) throw unexpected();
}

async function scrammed(line: Line, mechanisms: readonly string[], password: string): Promise<void> {
  if (!mechanisms.includes('SCRAM-SHA-256')) throw new Error(`the database knows only ${mechanisms.join(' ')}`);
  const exchange = scram(password);
  const first = Buffer.from(exchange.first);
  line.send(said(Buffer.concat([Buffer.from('SCRAM-SHA-256\0'), int32(first.length), first])));
  line.send(said(await exchange.answer((await next(line)).body.subarray(4).toString())));
  exchange.verify((await next(line)).body.subarray(4).toString());
}

/** The next message that is not a notice; throws what the server reports as an error. */
async function next(line: Line): Promise<Message> {
  for (;;) {
    const type = (await line.take(1)).toString('latin1');
    const body = await bodyOf(line);
    if (type === 'E') throw refusalOf(body);
    if (type !== 'N') return { type, body };
  }
}

async function bodyOf(line: Line): Promise<Buffer> {
  const length = (await line.take(4)).readInt32BE(0) - 4;
  if (length < 0 || length > LONGEST) throw unexpected();
  return line.take(length);
}

function refusalOf(body: Buffer): Refusal {
  const fields = new Map(
    body
      .toString()
      .split('\0')
      .map((field) => [field[0], field.slice(1)]),
  );
  return new Refusal(fields.get('C') ?? 'no code', fields.get('M') ?? 'no reason');
}

function said(body: string | Buffer): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([Buffer.from('p'), int32(bytes.length + 4), bytes]);
}

function md5(text: string, salt: Buffer = Buffer.alloc(0)): string {
  return createHash('md5').update(text).update(salt).digest('hex');
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function unexpected(): Error {
  return new Error('the database does not speak the protocol of PostgreSQL as it should');
}
