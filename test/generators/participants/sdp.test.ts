import { describe, expect, test } from 'vitest';
import {
  candidatesIn,
  partnersIn,
  payloadsIn,
  placeOf,
  withoutCandidates,
  withoutExtensions,
} from '../../../generators/participants/peers/sdp.ts';

const UDP = 'candidate:1 1 udp 2130706431 127.0.0.1 7882 typ host';
const TCP = 'candidate:2 1 tcp 1671430143 127.0.0.1 7881 typ host tcptype passive';

const OFFER = [
  ...['v=0', 'a=extmap-allow-mixed', 'm=audio 9 UDP/TLS/RTP/SAVPF 111 63', 'a=mid:1', 'a=msid:PA_ada TR_sound'],
  ...['a=rtpmap:111 opus/48000/2', 'a=rtpmap:63 red/48000/2', 'a=ssrc:11 cname:x', 'a=extmap:3 urn:x'],
  ...[`a=${UDP}`, `a=${TCP}`, 'a=end-of-candidates'],
  ...['m=video 9 UDP/TLS/RTP/SAVPF 97', 'a=rtpmap:97 VP8/90000', 'a=ssrc:12 msid:PA_ada|TR_picture TR_picture'],
  ...['m=video 9 UDP/TLS/RTP/SAVPF 97', 'a=ssrc:14 msid:PA_bob TR_picture', 'm=application 9 UDP/DTLS/SCTP', ''],
].join('\r\n');

describe('a description', () => {
  test('says which voice belongs to which picture, and what payload types carry', () => {
    expect([...partnersIn(OFFER)]).toEqual([[12, 11]]);
    expect([...payloadsIn(OFFER)]).toEqual([
      [111, 'audio'],
      [97, 'video'],
    ]);
  });

  test('is told without candidates and extensions, and nothing else is missing', () => {
    expect(candidatesIn(OFFER)).toEqual([UDP, TCP]);
    const bare = withoutExtensions(withoutCandidates(OFFER));
    expect(OFFER.split('\r\n').filter((line) => !bare.split('\r\n').includes(line))).toEqual([
      'a=extmap-allow-mixed',
      'a=extmap:3 urn:x',
      `a=${UDP}`,
      `a=${TCP}`,
      'a=end-of-candidates',
    ]);
  });

  test('has candidates at a place where they are of UDP', () => {
    expect(placeOf(UDP)).toEqual({ address: '127.0.0.1', port: 7882 });
    expect(placeOf(TCP)).toBeUndefined();
    expect(placeOf('')).toBeUndefined();
  });
});
