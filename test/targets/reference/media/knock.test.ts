import { expect, test } from 'vitest';
import { heardKnock, KNOCK, knock, noKnock, takeWait } from '../../../../targets/reference/media/knock.ts';

const sent: Buffer[] = [];
const send = (datagram: Buffer) => void sent.push(datagram);

test('what comes waits for as long as it takes a knock to be heard', () => {
  const knocking = noKnock();
  expect(takeWait(knocking, 0)).toBe(0);
  knock(knocking, send, 100);
  expect(sent).toEqual([KNOCK]);
  heardKnock(knocking, 140);
  expect([takeWait(knocking, 200), takeWait(knocking, 300)]).toEqual([40, 0]);
});

test('a knock that was not heard yet tells how long it has been waiting, and is not sent again before it is lost', () => {
  const knocking = noKnock();
  sent.length = 0;
  for (const now of [0, 100, 900]) knock(knocking, send, now);
  expect(sent).toHaveLength(1);
  expect(takeWait(knocking, 900)).toBe(900);
  knock(knocking, send, 1_100);
  expect(sent).toHaveLength(2);
  expect(takeWait(knocking, 1_100)).toBe(1_100);
});
