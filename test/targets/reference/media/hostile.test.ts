import { beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { sequence } from '../../../../core/random.ts';
import { bindingRequest, picture, voice } from '../../../support/media-peer.ts';
import { useMediaServer } from '../../../support/media-server.ts';
import { eventually } from '../../../support/reference.ts';

describe.each(['2014', 'hardened'] as const)('a %s media server among hostile senders', (variant) => {
  const hall = useMediaServer(variant);
  beforeEach(() => hall().connect());

  const drops = (cause: string) => hall().metric(`reference_media_drops_total{cause="${cause}"}`);

  test('takes nothing from those who have no seat, nor streams that their sender was not given', async () => {
    const ada = await hall().seated('m', 'ada', 100);
    const bo = await hall().seated('m', 'bo', 200);
    const stranger = await hall().stranger();
    const [unbound, foreign] = [await drops('unbound'), await drops('foreign')];
    for (let n = 0; n < 20; n += 1) {
      stranger.send(voice({ ssrc: 100, sequence: n }));
      bo.send(voice({ ssrc: 100, sequence: n }));
      bo.send(picture({ ssrc: 204, sequence: n }));
    }
    await eventually(
      async () => (await drops('unbound')) - unbound === 20 && (await drops('foreign')) - foreign === 40,
    );
    expect([...ada.of(100), ...bo.of(100), ...ada.of(204)]).toEqual([]);
  });

  test('goes on whatever is thrown at it: mutilated RTP, RTCP and STUN, with a seat and without', async () => {
    const ada = await hall().seated('m', 'ada', 100);
    const bo = await hall().seated('m', 'bo', 200);
    const stranger = await hall().stranger();
    const random = sequence(7);
    const below = (most: number) => Math.floor(random() * most);
    const whole = [
      voice({ ssrc: 100, sequence: 1, level: 10 }),
      picture({ ssrc: 101, sequence: 1, key: true, size: 50 }),
      Buffer.from(`81c8000c00000064${'11'.repeat(44)}`, 'hex'),
      Buffer.from(`82c9000d00000064${'22'.repeat(48)}81ca000300000064010361646100`, 'hex'),
      bindingRequest(Buffer.alloc(12, 5), 'ada'),
      Buffer.alloc(40),
    ];
    for (let n = 0; n < 4_000; n += 1) {
      const packet = Buffer.from(whole[below(whole.length)] ?? []);
      for (let flips = below(4); flips >= 0; flips -= 1) packet[below(packet.length)] = below(256);
      // A goodbye would be one.
      if (packet[1] === 203 || packet.includes(203)) continue;
      const cut = below(3) === 0 ? packet.subarray(0, below(packet.length + 1)) : packet;
      (below(3) === 0 ? stranger : ada).send(cut);
      if (n % 200 === 199) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await eventually(async () => (await drops('malformed')) > 0);
    ada.send(voice({ ssrc: 100, sequence: 40_000, level: 0 }));
    await ada.bind('ada');
    const before = bo.of(100).length;
    await eventually(() => {
      ada.send(voice({ ssrc: 100, sequence: 40_001, level: 0 }));
      return bo.of(100).length > before;
    });
    expect(hall().deaths).toEqual([]);
  });

  test('hears no one without the token, and no nonsense from whoever has it', async () => {
    const { controlPort, token } = hall().server;
    const url = `ws://127.0.0.1:${controlPort}/control`;
    for (const authorization of ['', 'Bearer', `Bearer ${token}x`, `Bearer ${'x'.repeat(token.length)}`]) {
      const line = new WebSocket(url, { headers: { authorization } });
      const error = await new Promise<Error>((resolve) => line.once('error', resolve));
      expect(error.message).toContain('401');
    }
    for (const nonsense of [
      '',
      '{',
      '1',
      'null',
      '{"type":"keep"}',
      '{"type":"keep","key":"k","meeting":"m","audio":-1,"video":1}',
    ])
      hall().say(nonsense);
    await hall().seated('m', 'ada', 100);
    expect(await hall().metric('reference_media_seats_kept')).toBe(1);
  });
});
