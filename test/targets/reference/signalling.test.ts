import { afterEach, beforeAll, expect, test } from 'vitest';
import type { RunningReference } from '../../../targets/reference/start.ts';
import {
  ask,
  describeWithReference,
  eventually,
  metric,
  PATIENCE,
  person,
  startForTest,
  tokenOf,
} from '../../support/reference.ts';
import { SignalLine } from '../../support/signal-line.ts';

describeWithReference('signalling of the reference target', () => {
  let reference: RunningReference;
  let tokens: string[];
  const lines: SignalLine[] = [];
  beforeAll(async () => {
    reference = await startForTest('hardened');
    tokens = [await tokenOf(reference, 0), await tokenOf(reference, 1)];
  }, PATIENCE);
  afterEach(() => {
    for (const line of lines.splice(0)) line.close();
  });

  const signal = (meeting: string) => `${reference.url}/v1/meetings/${meeting}/signal`;
  const line = async (meeting: string, token?: string) => {
    const opened = await SignalLine.open(signal(meeting), token);
    lines.push(opened);
    return opened;
  };
  const joined = async (meeting: string, token?: string) => {
    const opened = await line(meeting, token);
    opened.send({ type: 'join' });
    expect(await opened.next()).toMatchObject({ type: 'joined' });
    return opened;
  };
  const newMeeting = async () => {
    const body = { name: 'Talk' };
    const created = await ask(`${reference.url}/v1/meetings`, { method: 'POST', token: tokens[0], body });
    return String(created.body.id);
  };
  const inMeeting = async (meeting: string) =>
    (await ask(`${reference.url}/v1/meetings/${meeting}`, { token: tokens[0] })).body.participants;

  test('two people join, and each hears what either says, themselves included', async () => {
    const meeting = await newMeeting();
    const ada = await line(meeting, tokens[0]);
    ada.send({ type: 'join' });
    expect(await ada.next()).toEqual({ type: 'joined', participants: 1 });
    const bo = await line(meeting, tokens[1]);
    bo.send({ type: 'join' });
    expect(await bo.next()).toEqual({ type: 'joined', participants: 2 });
    expect(await inMeeting(meeting)).toBe(2);
    bo.send({ type: 'chat', id: 'm1', text: 'Hello "all" ☀' });
    const said = { type: 'chat', id: 'm1', from: person(1).name, text: 'Hello "all" ☀' };
    expect(await Promise.all([ada.next(), bo.next()])).toEqual([said, said]);
    expect(await metric(reference, 'reference_chat_messages_total')).toBeGreaterThanOrEqual(1);
    expect(await metric(reference, 'reference_participants')).toBeGreaterThanOrEqual(2);
  });

  test('who leaves is gone from the meeting, and the line closes', async () => {
    const meeting = await newMeeting();
    const ada = await joined(meeting, tokens[0]);
    ada.send({ type: 'leave' });
    expect(await ada.closed()).toBe(1_000);
    expect(await inMeeting(meeting)).toBe(0);
  });

  test('a line that breaks leaves no ghost, whether its join was answered or not', async () => {
    const meeting = await newMeeting();
    const [ada, bo] = [await joined(meeting, tokens[0]), await joined(meeting, tokens[1])];
    expect(await inMeeting(meeting)).toBe(2);
    ada.break();
    await eventually(async () => (await inMeeting(meeting)) === 1);
    const hasty = await Promise.all(Array.from({ length: 20 }, () => line(meeting, tokens[0])));
    for (const someone of hasty) {
      someone.send({ type: 'join' });
      setTimeout(() => someone.break(), Math.random() * 10);
    }
    bo.break();
    await Promise.all(hasty.map((someone) => someone.closed()));
    await eventually(async () => (await inMeeting(meeting)) === 0);
    // Nobody comes back: what was still being worked at has been undone, too.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await inMeeting(meeting)).toBe(0);
    expect(await metric(reference, 'reference_participants')).toBe(0);
  });

  test('the token may come in the address, for browsers cannot send headers', async () => {
    const meeting = await newMeeting();
    const ada = await SignalLine.open(`${signal(meeting)}?token=${tokens[0]}`);
    lines.push(ada);
    ada.send({ type: 'join' });
    expect(await ada.next()).toEqual({ type: 'joined', participants: 1 });
  });

  test('what cannot be joined is said by its code, and the line closes', async () => {
    const meeting = await newMeeting();
    const answerTo = async (opened: SignalLine) => {
      opened.send({ type: 'join' });
      const answer = await opened.next();
      expect(await opened.closed()).toBe(1_008);
      return answer;
    };
    expect(await answerTo(await line(meeting))).toEqual({ type: 'error', code: 'forbidden' });
    expect(await answerTo(await line(meeting, 'foreign'))).toEqual({ type: 'error', code: 'forbidden' });
    expect(await answerTo(await line('nowhere', tokens[0]))).toEqual({ type: 'error', code: 'unknown-meeting' });
    expect(await metric(reference, 'reference_joins_total{result="forbidden"}')).toBeGreaterThanOrEqual(2);
    expect(await metric(reference, 'reference_joins_total{result="unknown-meeting"}')).toBe(1);
  });

  test('who has not joined is not heard', async () => {
    const meeting = await newMeeting();
    const [outside, inside] = [await line(meeting, tokens[0]), await joined(meeting, tokens[1])];
    outside.send({ type: 'chat', id: 'x', text: 'let me in' });
    expect(await outside.next()).toEqual({ type: 'error', code: 'forbidden' });
    inside.send({ type: 'chat', id: 'y', text: 'anybody?' });
    expect(await inside.next()).toMatchObject({ id: 'y' });
  });

  test('a meeting takes as many as it has seats, and tells the next one that it is full', async () => {
    const meeting = await newMeeting();
    // A few at once: whoever comes with too many others is turned away at the door.
    for (let seats = 0; seats < 500; seats += 50)
      await Promise.all(Array.from({ length: 50 }, () => joined(meeting, tokens[0])));
    const late = await line(meeting, tokens[1]);
    late.send({ type: 'join' });
    expect(await late.next()).toEqual({ type: 'error', code: 'full' });
    lines[0]?.break();
    await eventually(async () => (await inMeeting(meeting)) === 499);
    const later = await line(meeting, tokens[1]);
    later.send({ type: 'join' });
    expect(await later.next()).toEqual({ type: 'joined', participants: 500 });
  });

  test.each([
    ['no JSON', 'hello', 1_007],
    ['no object', '[1]', 1_007],
    ['an unknown type', '{"type":"dance"}', 1_007],
    ['a chat message without a text', '{"type":"chat","id":"1"}', 1_007],
    ['a chat message whose text PostgreSQL could not hold', '{"type":"chat","id":"1","text":"\\u0000"}', 1_007],
    ['binary data', Buffer.from('{"type":"join"}'), 1_007],
    ['a message beyond 16 KiB', JSON.stringify({ type: 'chat', id: '1', text: 'x'.repeat(20_000) }), 1_009],
  ])('%s closes the line with a code that says so, and the gateway goes on', async (_, message, code) => {
    const meeting = await newMeeting();
    const ada = await joined(meeting, tokens[0]);
    ada.send(message);
    expect(await ada.closed()).toBe(code);
    await eventually(async () => (await inMeeting(meeting)) === 0);
  });

  test('an upgrade to anything else than a signal path is refused', async () => {
    await expect(SignalLine.open(`${reference.url}/v1/meetings`, tokens[0])).rejects.toThrow('404');
    await expect(SignalLine.open(`${reference.url}/v1/meetings/a%2Fb/signal`, tokens[0])).rejects.toThrow('404');
    expect((await ask(signal('any'))).status).toBe(426);
  });
});
