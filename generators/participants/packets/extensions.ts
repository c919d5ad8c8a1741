import { ONE_BYTE, type RtpPacket } from './rtp.ts';

/** Identifiers of the header extensions that participants send and understand. */
const EXTENSION = { audioLevel: 1, sendTime: 2 } as const;

/** Bytes of both extensions together, padded to whole words: 1 + 1 for the level, 1 + 3 for the time. */
export const EXTENSION_BYTES = 8;

/** Finds where the value of an extension begins in a datagram (RFC 8285, both forms); undefined when it is not there. */
function extensionAt(datagram: Buffer, { extension }: RtpPacket, id: number, length: number): number | undefined {
  const { profile, from, to } = extension;
  const oneByte = profile === ONE_BYTE;
  if (!oneByte && profile >> 4 !== 0x100) return undefined;
  for (let at = from; at < to; ) {
    const head = datagram[at] ?? 0;
    if (head === 0) {
      at += 1;
      continue;
    }
    const found = oneByte ? head >> 4 : head;
    // The identifier 15 is reserved, and ends the extension.
    if (oneByte && found === 15) return undefined;
    const size = oneByte ? (head & 0x0f) + 1 : (datagram[at + 1] ?? 0);
    at += oneByte ? 1 : 2;
    if (at + size > to) return undefined;
    if (found === id) return size === length ? at : undefined;
    at += size;
  }
  return undefined;
}

/** How loud the audio of a packet is, in -dBov from 0 to 127, and whether it is speech (RFC 6464). */
export function audioLevelOf(datagram: Buffer, packet: RtpPacket): { level: number; voice: boolean } | undefined {
  const at = extensionAt(datagram, packet, EXTENSION.audioLevel, 1);
  if (at === undefined) return undefined;
  const value = datagram[at] ?? 0;
  return { level: value & 0x7f, voice: (value & 0x80) !== 0 };
}

/** Writes both extensions; `now` is in milliseconds of the monotonic clock. */
export function writeExtensions(datagram: Buffer, at: number, level: number, voice: boolean, now: number): void {
  datagram[at] = EXTENSION.audioLevel << 4;
  datagram[at + 1] = (voice ? 0x80 : 0) | level;
  datagram[at + 2] = (EXTENSION.sendTime << 4) | 2;
  datagram.writeUIntBE(sendTimeOf(now), at + 3, 3);
  datagram.writeUInt16BE(0, at + 6);
}

/** The 24 bits of an abs-send-time: seconds with 18 binary places, which begin anew every 64 seconds. */
function sendTimeOf(now: number): number {
  return Math.floor((now / 1_000) * 0x40000) % 0x1000000;
}

/**
 * How long ago a packet was sent, in milliseconds, by a clock that its sender shares; undefined when it does not say, or
 * says something in the future, which a shared clock cannot.
 */
export function onTheWay(datagram: Buffer, packet: RtpPacket, now: number): number | undefined {
  const at = extensionAt(datagram, packet, EXTENSION.sendTime, 3);
  if (at === undefined) return undefined;
  const passed = (sendTimeOf(now) - datagram.readUIntBE(at, 3) + 0x1000000) % 0x1000000;
  return passed < 0x800000 ? (passed / 0x40000) * 1_000 : undefined;
}
