import { expect, test } from 'vitest';
import { requestsIn } from '../../bench/server/nginx.ts';

test("nginx's count of requests is the third number", () => {
  const status = (counts: string) =>
    `Active connections: 1 \nserver accepts handled requests\n${counts}\nReading: 0 Writing: 1 Waiting: 0 \n`;
  expect(requestsIn(status(' 21 20 198568 '))).toBe(198_568);
  expect(requestsIn(status(''))).toBeUndefined();
});
