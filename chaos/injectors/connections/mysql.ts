import type { Line } from './line.ts';
import type { Login } from './login.ts';
import { greetingOf } from './mysql-greeting.ts';
import { Refusal } from './refusal.ts';
import { SCRAMBLES, sealed } from './scramble.ts';

/** Capabilities of a client (MySQL's internals, "Capabilities Flags"). */
const CAN = {
  longPassword: 0x1,
  withDatabase: 0x8,
  protocol41: 0x200,
  tls: 0x800,
  transactions: 0x2000,
  secureConnection: 0x8000,
  pluginAuth: 0x80000,
} as const;

const UTF8MB4 = 45;

/** First bytes of a server's packets. */
const SAYS = { ok: 0x00, more: 0x01, switch: 0xfe, error: 0xff } as const;
/** What caching_sha2_password says and is asked. */
const SHA2 = { known: 3, whole: 4, askForKey: 2 } as const;

/** Packets of MySQL's protocol over a line; each exchange counts them. */
interface Packets {
  next(): Promise<Buffer>;
  send(body: Buffer): void;
}

/** Signs in to MySQL or MariaDB; throws Refusal with its error number. */
export async function signInToMysql(line: Line, login: Login): Promise<void> {
  const packets = packetsOn(line);
  const { random, plugin, offersTls } = greetingOf(await packets.next());
  const takesTls = login.tls !== 'disable' && offersTls && 'host' in login.address;
  if (!takesTls && (login.tls === 'require' || login.tls === 'verify-full')) {
    throw new Error('the database offers no TLS, and sslmode asks for it');
  }
  const head = headOf(login, takesTls);
  if (takesTls) {
    packets.send(head);
    await line.secure(login);
  }
  const way = plugin in SCRAMBLES ? plugin : 'mysql_native_password';
  const proof = scrambled(way, login.password, random);
  const database = login.database === '' ? '' : `${login.database}\0`;
  const user = Buffer.concat([Buffer.from(`${login.user}\0`), Buffer.from([proof.length]), proof]);
  packets.send(Buffer.concat([head, user, Buffer.from(`${database}${way}\0`)]));
  await admitted(packets, line, { password: login.password, random });
}

function headOf({ database }: Login, tls: boolean): Buffer {
  const { withDatabase, tls: withTls, ...always } = CAN;
  const flags = Object.values(always).reduce((sum, flag) => sum | flag, 0);
  const head = Buffer.alloc(32);
  head.writeUInt32LE(flags | (database === '' ? 0 : withDatabase) | (tls ? withTls : 0), 0);
  head.writeUInt32LE(1 << 24, 4);
  head[8] = UTF8MB4;
  return head;
}

interface Secret {
  readonly password: string;
  readonly random: Buffer;
}

async function admitted(packets: Packets, line: Line, secret: Secret): Promise<void> {
  const packet = await packets.next();
  if (packet[0] === SAYS.ok) return;
  if (packet[0] === SAYS.switch) {
    // The oldest way is asked for without its name.
    const name =
      packet.length === 1 ? 'mysql_old_password' : packet.subarray(1, packet.indexOf(0, 1)).toString('latin1');
    // The server ends its random bytes with a zero.
    const random = Buffer.from(packet.subarray(name.length + 2, name.length + 22));
    packets.send(scrambled(name, secret.password, random));
    return admitted(packets, line, { ...secret, random });
  }
  if (packet[0] !== SAYS.more) throw new Error('the database does not speak the protocol of MySQL as it should');
  if (packet[1] === SHA2.whole) packets.send(await whole(packets, line, secret));
  return admitted(packets, line, secret);
}

/** The server has not seen this password lately, and wants all of it. */
async function whole(packets: Packets, line: Line, { password, random }: Secret): Promise<Buffer> {
  if (line.isSecret) return Buffer.from(`${password}\0`);
  packets.send(Buffer.from([SHA2.askForKey]));
  return sealed(password, random, (await packets.next()).subarray(1).toString('latin1'));
}

function scrambled(way: string, password: string, random: Buffer): Buffer {
  const scramble = SCRAMBLES[way];
  if (!scramble) throw new Error(`the database asks for a way to sign in that is not known here (${way})`);
  return scramble(password, random);
}

function packetsOn(line: Line): Packets {
  let sequence = 0;
  return {
    async next() {
      const head = await line.take(4);
      sequence = (head[3] ?? 0) + 1;
      const body = await line.take(head.readUIntLE(0, 3));
      if (body[0] !== SAYS.error) return body;
      const text = body.subarray(3).toString();
      throw new Refusal(String(body.readUInt16LE(1)), text.replace(/^#.{5}/, ''));
    },
    send(body) {
      const head = Buffer.alloc(4);
      head.writeUIntLE(body.length, 0, 3);
      head[3] = sequence;
      sequence += 1;
      line.send(Buffer.concat([head, body]));
    },
  };
}
