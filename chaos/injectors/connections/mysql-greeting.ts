/** What a MySQL server says first. */
export interface Greeting {
  /** 20 bytes to prove the password with. */
  readonly random: Buffer;
  /** The way to sign in it would rather have. */
  readonly plugin: string;
  readonly offersTls: boolean;
}

const OFFERS_TLS = 0x800;
const PROTOCOL = 10;

/** Reads the first packet of a server (MySQL's internals, "Protocol::HandshakeV10"). */
export function greetingOf(packet: Buffer): Greeting {
  if (packet[0] !== PROTOCOL) throw new Error('this is no database that speaks the protocol of MySQL');
  const version = packet.indexOf(0, 1);
  const first = packet.subarray(version + 5, version + 13);
  const capabilities = packet.readUInt16LE(version + 14);
  const second = packet.subarray(version + 32, version + 44);
  const rest = packet.subarray(version + 45);
  const end = rest.indexOf(0);
  return {
    random: Buffer.concat([first, second]),
    plugin: rest.subarray(0, end === -1 ? rest.length : end).toString('latin1') || 'mysql_native_password',
    offersTls: (capabilities & OFFERS_TLS) !== 0,
  };
}
