import { expect, test } from 'vitest';
import { together } from '../../../generators/browser/together.ts';
import type { MediaWire } from '../../../generators/participants/thread/media-wire.ts';

function wire(): MediaWire & { over(second: number): void } {
  let listener: Parameters<MediaWire['onSecond']>[0] = () => {};
  return {
    ...{ ready: async () => {}, attend: () => Promise.reject(new Error('nobody')), begin: () => {}, size: 1 },
    close: () => {},
    onSecond: (heard) => {
      listener = heard;
    },
    over: (second) => listener({ second, lag: 3 }),
  };
}

test('a second is over when everybody has told of it, but nobody is waited for without end', () => {
  const [native, browser, heard] = [wire(), wire(), [] as number[]];
  const both = together(native, browser);
  both.onSecond(({ second }) => heard.push(second));
  native.over(0);
  expect(heard).toEqual([]);
  browser.over(0);
  expect(heard).toEqual([0]);
  browser.over(1);
  native.over(1);
  expect(heard).toEqual([0, 1]);
  for (const second of [2, 3, 4]) native.over(second);
  expect(heard).toEqual([0, 1, 2]);
  browser.over(4);
  expect(heard).toEqual([0, 1, 2, 3, 4]);
  expect(both.size).toBe(2);
});
