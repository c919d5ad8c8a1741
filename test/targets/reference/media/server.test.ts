import { beforeEach, describe, expect, test } from 'vitest';
import { picture, voice } from '../../../support/media-peer.ts';
import { useMediaServer } from '../../../support/media-server.ts';
import { eventually } from '../../../support/reference.ts';

const SUCCESS = 0x0101;
const FAILURE = 0x0111;
const [SENDER_REPORT, RECEIVER_REPORT, GOODBYE] = [200, 201, 203];

describe('a media server that forwards everything', () => {
  const hall = useMediaServer('2014');
  beforeEach(() => hall().connect());

  test('answers whoever knows a key with the address they are seen at, and others not at all kindly', async () => {
    const ada = await hall().seated('m', 'ada', 100);
    const answer = await ada.bind('ada');
    expect(answer.readUInt16BE(0)).toBe(SUCCESS);
    expect(answer.readUInt16BE(20)).toBe(0x0020);
    expect(answer.readUInt16BE(26) ^ 0x2112).toBe(ada.port);
    expect((answer.readUInt32BE(28) ^ 0x2112a442) >>> 0).toBe(0x7f000001);
    const stranger = await hall().stranger();
    for (const key of ['bo', '', undefined]) {
      const refused = await stranger.bind(key);
      expect(refused.readUInt16BE(0)).toBe(FAILURE);
      expect([refused[26], refused[27]]).toEqual([4, 1]);
    }
    const demanding = await stranger.bind('ada', Buffer.from('7abc000400000000', 'hex'));
    expect([demanding.readUInt16BE(0), demanding[26], demanding[27]]).toEqual([FAILURE, 4, 20]);
    expect(demanding.readUInt16BE(demanding.length - 4)).toBe(0x7abc);
    expect(await hall().metric('reference_media_bindings_total{result="refused"}')).toBe(4);
  });

  test('everybody gets what everybody else of their meeting sends, byte for byte, and nobody of another one', async () => {
    const [ada, bo, chloe] = [
      await hall().seated('m', 'ada', 100),
      await hall().seated('m', 'bo', 200),
      await hall().seated('m', 'chloe', 300),
    ];
    const other = await hall().seated('n', 'dmitri', 400);
    const sent = [voice({ ssrc: 100, sequence: 65_535, level: 30 }), picture({ ssrc: 101, sequence: 7 })];
    for (const packet of sent) ada.send(packet);
    bo.send(picture({ ssrc: 203, sequence: 1 }));
    await eventually(() => chloe.of(101).length + chloe.of(100).length + chloe.of(203).length === 3);
    await eventually(() => bo.of(101).length === 1 && ada.of(203).length === 1);
    expect([...bo.of(100), ...bo.of(101)]).toEqual(sent);
    expect([...ada.of(100), ...bo.of(203), ...other.of(100), ...other.of(101)]).toEqual([]);
    expect(await hall().metric('reference_media_packets_out_total{kind="audio"}')).toBe(2);
    expect(await hall().metric('reference_media_packets_out_total{kind="video"}')).toBe(4);
    expect(await hall().metric('reference_media_packets_in_total{kind="video"}')).toBe(2);
    expect(await hall().metric('reference_media_seats')).toBe(4);
    expect(await hall().metric('reference_media_meetings')).toBe(2);
  });

  test('a seat follows its key to another address, and who sits down twice in one place has the second seat', async () => {
    const ada = await hall().seated('m', 'ada', 100);
    const bo = await hall().seated('m', 'bo', 200);
    const moved = await hall().stranger();
    await moved.bind('ada');
    bo.send(voice({ ssrc: 200, sequence: 1 }));
    await eventually(() => moved.of(200).length === 1);
    expect(ada.of(200)).toEqual([]);
    hall().tell({ type: 'keep', key: 'again', meeting: 'm', audio: 500, video: 501 });
    await eventually(() => hall().news.some((one) => one.type === 'kept' && one.key === 'again'));
    await bo.bind('again');
    bo.send(voice({ ssrc: 200, sequence: 2 }));
    bo.send(voice({ ssrc: 500, sequence: 1 }));
    await eventually(() => moved.of(500).length === 1);
    expect(moved.of(200)).toHaveLength(1);
  });

  test('sender reports are passed on without their blocks, and senders hear what arrived of theirs', async () => {
    const ada = await hall().seated('m', 'ada', 100);
    const bo = await hall().seated('m', 'bo', 200);
    // One in five is lost on the way, and the numbers go round.
    const numbers = Array.from({ length: 100 }, (_, index) => 65_500 + index).filter((number) => number % 5 !== 0);
    for (const sequence of numbers) ada.send(voice({ ssrc: 100, sequence, timestamp: sequence * 960 }));
    const report = Buffer.from(`81c8000c000000640123456789abcdef${'00'.repeat(36)}`, 'hex');
    ada.send(report);
    await eventually(() => bo.reports(SENDER_REPORT).length === 1);
    expect(bo.reports(SENDER_REPORT)[0]?.toString('hex')).toBe(`80c80006000000640123456789abcdef${'00'.repeat(12)}`);
    await eventually(() => ada.reports(RECEIVER_REPORT).length >= 2);
    const [first, last] = [ada.reports(RECEIVER_REPORT)[0], ada.reports(RECEIVER_REPORT).at(-1)];
    const told = ada.reports(RECEIVER_REPORT).map((one) => one.readUInt8(12));
    // 65501 to 65599 without the multiples of five: 80 of 99 came.
    expect(Math.max(...told)).toBeGreaterThan(0);
    expect(last?.readUInt32BE(8)).toBe(100);
    expect(last?.readIntBE(13, 3)).toBe(99 - 80);
    expect(last?.readUInt32BE(16)).toBe(65_599);
    expect(last?.readUInt32BE(24)).toBe(0x456789ab);
    expect(last?.readUInt32BE(28)).toBeGreaterThan(0);
    expect(first?.subarray(32, 34)).toEqual(Buffer.from([0x81, 202]));
  });

  test('who says goodbye is gone, and so is whom the gateway unseats; the others hear of both', async () => {
    const ada = await hall().seated('m', 'ada', 100);
    const bo = await hall().seated('m', 'bo', 200);
    const chloe = await hall().seated('m', 'chloe', 300);
    bo.send(Buffer.from('81cb0001000000c8', 'hex'));
    await eventually(() => ada.reports(GOODBYE).length === 1 && chloe.reports(GOODBYE).length === 1);
    expect(ada.reports(GOODBYE)[0]?.toString('hex')).toBe('82cb0002000000c8000000c9');
    expect(hall().news).toContainEqual({ type: 'ended', key: 'bo' });
    expect((await bo.bind('bo')).readUInt16BE(0)).toBe(FAILURE);
    hall().tell({ type: 'give-up', key: 'chloe' });
    await eventually(() => ada.reports(GOODBYE).length === 2);
    expect(await hall().metric('reference_media_seats')).toBe(1);
  });

  test('a seat that is silent for ten seconds is given up', async () => {
    hall().tell({ type: 'keep', key: 'nobody', meeting: 'm', audio: 1, video: 2 });
    const ada = await hall().seated('m', 'ada', 100);
    const began = performance.now();
    const alive = setInterval(() => void ada.bind('ada'), 2_000);
    await eventually(() => hall().news.some((one) => one.type === 'ended'), 20_000);
    clearInterval(alive);
    expect(performance.now() - began).toBeGreaterThan(8_000);
    expect(hall().news.filter(({ type }) => type === 'ended')).toEqual([{ type: 'ended', key: 'nobody' }]);
    expect(await hall().metric('reference_media_seats_kept')).toBe(1);
  });

  test('the line to the gateway takes a token, and when it ends all seats do', async () => {
    const { controlPort } = hall().server;
    const answer = (headers: Record<string, string>) =>
      fetch(`http://127.0.0.1:${controlPort}/control`, { headers }).then(({ status }) => status);
    expect(await answer({})).toBe(404);
    await hall().seated('m', 'ada', 100);
    await hall().connect();
    await eventually(async () => (await hall().metric('reference_media_seats_kept')) === 0, 5_000);
  });
});
