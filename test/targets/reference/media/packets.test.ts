import { expect, test } from 'vitest';
import { kindOf } from '../../../../targets/reference/media/datagram.ts';
import { rtpLayout, volumeOf } from '../../../../targets/reference/media/rtp.ts';
import { vp8Facts } from '../../../../targets/reference/media/vp8.ts';
import { bindingRequest, picture, voice } from '../../../support/media-peer.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

test('datagrams are told apart by their first two bytes', () => {
  expect(kindOf(bindingRequest(Buffer.alloc(12), 'key'))).toBe('stun');
  expect(kindOf(voice({ ssrc: 1, sequence: 1 }))).toBe('rtp');
  expect(kindOf(hex('80 c8'))).toBe('rtcp');
  expect(kindOf(hex('80 df'))).toBe('rtcp');
  expect(kindOf(hex('80 e0'))).toBe('rtp');
  for (const other of ['', '04', '16 fe', '7f 00', 'c0 00', 'ff']) expect(kindOf(hex(other))).toBe('other');
});

test('the payload begins behind sources and extensions, and the level is found among other elements', () => {
  const level = (packet: Buffer) => {
    const layout = rtpLayout(packet);
    return (
      layout && { payload: layout.payload, volume: layout.level === 0 ? undefined : volumeOf(packet, layout.level) }
    );
  };
  expect(level(voice({ ssrc: 1, sequence: 1 }))).toEqual({ payload: 12, volume: undefined });
  expect(level(voice({ ssrc: 1, sequence: 1, level: 27 }))).toEqual({ payload: 20, volume: 100 });
  const fixed = '006f 0001 00000000 00000001';
  expect(level(hex(`92${fixed.slice(2)} 11111111 22222222 bede0002 22aabbcc 00 10 7f 00`))).toEqual({
    payload: 32,
    volume: 0,
  });
  expect(level(hex(`90${fixed.slice(2)} bede0001 f0107f00`))).toEqual({ payload: 20, volume: undefined });
  expect(level(hex(`90${fixed.slice(2)} 10000001 01017f00`))).toEqual({ payload: 20, volume: undefined });
});

test('broken headers are no packets', () => {
  const fixed = '6f 0001 00000000 00000001';
  for (const broken of [
    '80',
    `40${fixed}`,
    `8f${fixed}`,
    `90${fixed}`,
    `90${fixed} bede`,
    `90${fixed} bede0002 00000000`,
  ])
    expect(rtpLayout(hex(broken))).toBeUndefined();
});

test('the VP8 descriptor tells frames, key frames and temporal layers, in all its forms', () => {
  const facts = (text: string) => vp8Facts(hex(text), 0);
  expect(facts('10 00')).toEqual({ beginsFrame: true, beginsKeyFrame: true, temporalLayer: 0 });
  expect(facts('10 01')).toEqual({ beginsFrame: true, beginsKeyFrame: false, temporalLayer: 0 });
  expect(facts('00 00')).toMatchObject({ beginsFrame: false, beginsKeyFrame: false });
  expect(facts('12 00')).toMatchObject({ beginsFrame: false });
  // A long picture id, an index of the base layer, and the layer.
  expect(facts('90 e0 8123 44 80 00')).toEqual({ beginsFrame: true, beginsKeyFrame: true, temporalLayer: 2 });
  expect(facts('90 80 12 01')).toEqual({ beginsFrame: true, beginsKeyFrame: false, temporalLayer: 0 });
  // A key index alone is no layer.
  expect(facts('90 10 c5 00')).toEqual({ beginsFrame: true, beginsKeyFrame: true, temporalLayer: 0 });
  for (const short of ['', '90', '90 e0', '90 e0 81']) expect(facts(short).beginsKeyFrame).toBe(false);
  const packet = picture({ ssrc: 1, sequence: 1, temporalLayer: 1, key: true });
  expect(vp8Facts(packet, 12)).toEqual({ beginsFrame: true, beginsKeyFrame: true, temporalLayer: 1 });
});
