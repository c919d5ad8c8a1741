import { describe, expect, test } from 'vitest';
import { sequence } from '../../../core/random.ts';
import {
  audioLevelOf,
  EXTENSION_BYTES,
  onTheWay,
  writeExtensions,
} from '../../../generators/participants/packets/extensions.ts';
import { kindOf } from '../../../generators/participants/packets/kind.ts';
import { middleOf, millisecondsOf, ntpOf, roundTripOf } from '../../../generators/participants/packets/ntp.ts';
import { type RtcpPacket, readRtcp, writeRtcp } from '../../../generators/participants/packets/rtcp.ts';
import { readRtp, writeRtpHeader } from '../../../generators/participants/packets/rtp.ts';
import { readStun, writeStun } from '../../../generators/participants/packets/stun.ts';
import { readVp8, VP8_DESCRIPTOR, writeVp8 } from '../../../generators/participants/packets/vp8.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

function audio(now = 12_345.678): Buffer {
  const packet = Buffer.alloc(12 + 4 + EXTENSION_BYTES + 20, 7);
  const at = writeRtpHeader(packet, {
    ...{ marker: true, payloadType: 111, sequence: 65_535, timestamp: 0xfffffff0, ssrc: 0xdeadbeef },
    extensionBytes: EXTENSION_BYTES,
  });
  writeExtensions(packet, at, 30, true, now);
  return packet;
}

describe('RTP', () => {
  test('is read as it was written', () => {
    expect(readRtp(audio())).toEqual({
      ...{ marker: true, payloadType: 111, sequence: 65_535, timestamp: 0xfffffff0, ssrc: 0xdeadbeef },
      extension: { profile: 0xbede, from: 16, to: 24 },
      payload: { from: 24, to: 44 },
    });
  });

  test('is read over contributing sources and without padding', () => {
    const packet = readRtp(hex('a2 60 0001 00000002 00000003 0000000a 0000000b 112233 000003'));
    expect(packet).toMatchObject({ payloadType: 96, marker: false, payload: { from: 20, to: 23 } });
  });

  test.each([
    ['another version', '40 60 0001 00000002 00000003'],
    ['contributing sources that are not there', '8f 60 0001 00000002 00000003'],
    ['an extension that is not there', '90 60 0001 00000002 00000003 bede0005 00000000'],
    ['more padding than packet', 'a0 60 0001 00000002 00000003 ff'],
    ['padding of nothing', 'a0 60 0001 00000002 00000003 00'],
    ['too few bytes', '80 60 0001 00000002'],
  ])('is nothing with %s', (_, bytes) => {
    expect(readRtp(hex(bytes))).toBeUndefined();
  });

  test('tells its audio level and how long it was on the way, beyond the wrap of 64 seconds, too', () => {
    for (const sent of [12_345.678, 63_999, 127_990]) {
      const datagram = audio(sent);
      const packet = readRtp(datagram);
      expect(packet && audioLevelOf(datagram, packet)).toEqual({ level: 30, voice: true });
      expect(packet && onTheWay(datagram, packet, sent + 87.5)).toBeCloseTo(87.5, 1);
      expect(packet && onTheWay(datagram, packet, sent - 5)).toBeUndefined();
    }
  });

  test('finds extensions of the two-byte form', () => {
    const datagram = hex('90 6f 0001 00000002 00000003 1000 0002 02 03 000000 01 01 85');
    const packet = readRtp(datagram);
    expect(packet && audioLevelOf(datagram, packet)).toEqual({ level: 5, voice: true });
  });

  test('is told from STUN and RTCP by its first bytes', () => {
    expect(kindOf(audio())).toBe('rtp');
    expect(kindOf(writeRtcp([{ kind: 'bye', ssrcs: [1] }]))).toBe('rtcp');
    expect(kindOf(writeStun({ kind: 'request', transaction: Buffer.alloc(12), username: 'key' }))).toBe('stun');
    expect(kindOf(hex('16 03 01 00 00 00 00 00'))).toBeUndefined();
    expect(kindOf(Buffer.alloc(0))).toBeUndefined();
  });
});

describe('RTCP', () => {
  const block = {
    ...{ ssrc: 7, fractionLost: 25, lost: -3, highest: 0x10002, jitter: 48, lastReport: 0x12345678, delay: 65_536 },
  };
  const compound: RtcpPacket[] = [
    {
      ...{ kind: 'sender-report', ssrc: 1, at: { seconds: 10, fraction: 0x80000000 } },
      ...{ timestamp: 0xffffffff, packets: 3, octets: 300, blocks: [block] },
    },
    { kind: 'receiver-report', ssrc: 2, blocks: [block, { ...block, ssrc: 8, lost: 0x7fffff }] },
    {
      kind: 'description',
      chunks: [
        { ssrc: 1, cname: 'a' },
        { ssrc: 2, cname: 'somebody-42' },
      ],
    },
    { kind: 'bye', ssrcs: [1, 2] },
  ];

  test('compounds are read as they were written', () => {
    expect(readRtcp(writeRtcp(compound))).toEqual(compound);
  });

  test('packets nobody asked for are stepped over', () => {
    const feedback = hex('81 cd 0002 00000001 00000002');
    expect(readRtcp(Buffer.concat([feedback, writeRtcp(compound.slice(3))]))).toEqual(compound.slice(3));
  });

  test('what follows a broken packet is not read', () => {
    const whole = writeRtcp(compound);
    expect(readRtcp(whole.subarray(0, whole.length - 1))).toEqual(compound.slice(0, 3));
    const lies = writeRtcp([{ kind: 'receiver-report', ssrc: 2, blocks: [] }]);
    lies[0] = 0x9f;
    expect(readRtcp(lies)).toEqual([]);
  });

  test('the round trip is the time since the report, less what it was held back', () => {
    const sent = ntpOf(70_000_000.25);
    const answer = { lastReport: middleOf(sent), delay: 32_768 };
    expect(roundTripOf(ntpOf(70_000_620.25), answer)).toBeCloseTo(120, 0);
    expect(roundTripOf(ntpOf(70_000_500.25), answer)).toBe(0);
    expect(roundTripOf(ntpOf(70_000_400), answer)).toBeUndefined();
    expect(roundTripOf(ntpOf(1), { lastReport: 0, delay: 0 })).toBeUndefined();
    expect(millisecondsOf(ntpOf(1_234.5))).toBeCloseTo(1_234.5, 6);
  });
});

describe('STUN', () => {
  // RFC 5769, 2.2: what the sample server of the RFC answers from 192.0.2.1:32853, without its integrity attributes.
  test('reads the address of the sample response of RFC 5769', () => {
    const sample = hex('0101 000c 2112a442 b7e7a701bc34d686fa87dfae 0020 0008 0001 a147 e112a643');
    expect(readStun(sample)).toMatchObject({ kind: 'success', mapped: { address: '192.0.2.1', port: 32_853 } });
  });

  test('is read as it was written', () => {
    const transaction = Buffer.from('abcdefghijkl');
    for (const message of [
      { kind: 'request', transaction, username: 'a key of odd length' },
      { kind: 'success', transaction, mapped: { address: '255.0.128.7', port: 65_535 } },
      { kind: 'error', transaction, code: 401, reason: 'unknown key' },
    ] as const)
      expect(readStun(writeStun(message))).toEqual(message);
  });

  test.each([
    ['another cookie', '0101 0000 2112a443 b7e7a701bc34d686fa87dfae'],
    ['a length that is not so', '0101 0004 2112a442 b7e7a701bc34d686fa87dfae'],
    ['an attribute that does not fit', '0001 0004 2112a442 b7e7a701bc34d686fa87dfae 0006 0008'],
    ['an indication', '0011 0000 2112a442 b7e7a701bc34d686fa87dfae'],
  ])('is nothing with %s', (_, bytes) => {
    expect(readStun(hex(bytes))).toBeUndefined();
  });
});

test('a VP8 descriptor is read as it was written', () => {
  const payload = Buffer.alloc(20);
  for (const layer of [0, 1, 2])
    for (const startsFrame of [true, false]) {
      writeVp8(payload, 3, { startsFrame, layer, picture: 40_000, base: 300 });
      expect(readVp8(payload, 3, 20)).toEqual({ startsFrame, layer, length: VP8_DESCRIPTOR });
    }
  expect(readVp8(hex('10 00'), 0, 2)).toEqual({ startsFrame: true, layer: 0, length: 1 });
  expect(readVp8(hex('90 e0 80 01'), 0, 4)).toBeUndefined();
});

describe('whatever comes over the wire', () => {
  const seeds = [
    audio(),
    writeRtcp([
      { kind: 'receiver-report', ssrc: 2, blocks: [] },
      { kind: 'bye', ssrcs: [9] },
    ]),
    writeRtcp([{ kind: 'description', chunks: [{ ssrc: 1, cname: 'x' }] }]),
    writeStun({ kind: 'error', transaction: Buffer.alloc(12), code: 401, reason: 'no' }),
    writeStun({ kind: 'request', transaction: Buffer.alloc(12), username: 'somebody' }),
  ];

  test('nothing makes a reader throw, or read beyond a datagram', () => {
    const draw = sequence(20_130_401);
    const place = (length: number) => Math.floor(draw() * length);
    for (let round = 0; round < 60_000; round += 1) {
      const datagram = Buffer.from(seeds[place(seeds.length)] ?? []);
      for (let n = place(6); n > 0 && datagram.length > 0; n -= 1) datagram[place(datagram.length)] = place(256);
      const cut = draw() < 0.3 ? datagram.subarray(0, place(datagram.length + 1)) : datagram;
      kindOf(cut);
      readStun(cut);
      for (const packet of readRtcp(cut)) expect(packet.kind).toBeTypeOf('string');
      const rtp = readRtp(cut);
      if (!rtp) continue;
      const { payload } = rtp;
      expect(payload.from <= payload.to && payload.to <= cut.length, `round ${round}`).toBe(true);
      audioLevelOf(cut, rtp);
      onTheWay(cut, rtp, round);
      const vp8 = readVp8(cut, payload.from, payload.to);
      if (vp8) expect(payload.from + vp8.length <= payload.to, `round ${round}`).toBe(true);
    }
  });
});
