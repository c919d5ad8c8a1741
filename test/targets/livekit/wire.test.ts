import { describe, expect, test } from 'vitest';
import { fieldsOf, messageOf, numberIn, textIn } from '../../../targets/livekit/wire/protobuf.ts';
import { readSignal, writePeerMessage } from '../../../targets/livekit/wire/signal.ts';

describe('protobuf', () => {
  test('reads what it wrote: numbers of any size, texts, messages', () => {
    const inner = messageOf([[1, 'Zoë']]);
    const fields = fieldsOf(
      messageOf([
        [1, 0],
        [2, 300],
        [3, 2 ** 40],
        [16, 'long number'],
        [4, inner],
        [4, ''],
      ]),
    );
    expect(fields.map(({ number }) => number)).toEqual([1, 2, 3, 16, 4, 4]);
    expect([numberIn(fields, 1), numberIn(fields, 2), numberIn(fields, 3)]).toEqual([0, 300, 2 ** 40]);
    expect(textIn(fields, 16)).toBe('long number');
    expect(textIn(fieldsOf(fields[4]?.value as Uint8Array), 1)).toBe('Zoë');
  });

  test('writes as the format says (the example of its documentation)', () => {
    expect([...messageOf([[1, 150]])]).toEqual([0x08, 0x96, 0x01]);
    expect([...messageOf([[2, 'testing']])]).toEqual([0x12, 0x07, ...new TextEncoder().encode('testing')]);
  });

  test('passes over numbers of fixed size, and has the last of several', () => {
    const bytes = Uint8Array.from([0x0d, 1, 2, 3, 4, 0x11, 1, 2, 3, 4, 5, 6, 7, 8, 0x18, 5, 0x18, 6]);
    expect(numberIn(fieldsOf(bytes), 3)).toBe(6);
    expect([numberIn([], 1), textIn([], 1)]).toEqual([0, '']);
  });

  test.each([
    ['cut off in a number', [0x08, 0x96]],
    ['cut off in a text', [0x12, 0x07, 0x74]],
    ['of a wire type that does not exist', [0x0f, 1]],
    ['a number without an end', Array.from({ length: 20 }, () => 0xff)],
  ])('is a failure of the target when it is %s', (_, bytes) => {
    expect(() => fieldsOf(Uint8Array.from(bytes))).toThrow(expect.objectContaining({ kind: 'protocol' }));
  });
});

describe('the signalling', () => {
  test.each([
    [messageOf([[1, messageOf([])]]), { is: 'join' }],
    [messageOf([[8, messageOf([[2, 3]])]]), { is: 'leave', reason: 'server shutdown' }],
    [messageOf([[8, messageOf([[2, 999]])]]), { is: 'leave', reason: 'unknown reason' }],
    [messageOf([[5, messageOf([])]]), { is: 'other' }],
    [new Uint8Array(), { is: 'other' }],
  ])('says what the server says', (bytes, said) => {
    expect(readSignal(bytes)).toEqual(said);
  });
});

describe('peer messages', () => {
  const sdp = 'v=0\r\nm=audio 9 x 111\r\na=msid:me me-sound\r\nm=video 9 x 96\r\na=ssrc:5 msid:me me-picture\r\n';

  test('are read: answers for what is sent, offers of what is received, candidates of either', () => {
    const description = messageOf([
      [1, 'x'],
      [2, sdp],
      [3, 7],
    ]);
    const peer = (message: object) => ({ is: 'peer', message });
    expect(readSignal(messageOf([[2, description]]))).toEqual(peer({ line: 'sending', is: 'answer', sdp }));
    expect(readSignal(messageOf([[3, description]]))).toEqual(peer({ line: 'receiving', is: 'offer', sdp, id: 7 }));
    const told = messageOf([
      [1, '{"candidate":"candidate:1","sdpMid":"0"}'],
      [2, 1],
    ]);
    expect(readSignal(messageOf([[4, told]]))).toEqual(
      peer({ line: 'receiving', is: 'candidate', candidate: 'candidate:1', mid: '0' }),
    );
    expect(() => readSignal(messageOf([[4, messageOf([[1, '{']])]]))).toThrow(
      expect.objectContaining({ kind: 'protocol' }),
    );
  });

  test('are written: tracks are announced before the offer that has them', () => {
    const written = writePeerMessage({ line: 'sending', is: 'offer', sdp }).map((bytes) => fieldsOf(bytes)[0]);
    expect(written.map((field) => field?.number)).toEqual([4, 4, 1]);
    const [sound, picture, offer] = written.map((field) => fieldsOf(field?.value as Uint8Array));
    expect([textIn(sound ?? [], 1), numberIn(sound ?? [], 3)]).toEqual(['me-sound', 0]);
    expect([textIn(picture ?? [], 1), numberIn(picture ?? [], 3), numberIn(picture ?? [], 4)]).toEqual([
      'me-picture',
      1,
      640,
    ]);
    expect([textIn(offer ?? [], 1), textIn(offer ?? [], 2)]).toEqual(['offer', sdp]);
  });

  test('answer the offer of a number', () => {
    const [answer, ...more] = writePeerMessage({ line: 'receiving', is: 'answer', sdp, id: 7 });
    expect(more).toEqual([]);
    const [field] = fieldsOf(answer ?? new Uint8Array());
    expect(field?.number).toBe(2);
    expect(numberIn(fieldsOf(field?.value as Uint8Array), 3)).toBe(7);
  });
});
