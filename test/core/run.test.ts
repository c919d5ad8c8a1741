import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { monotonic } from '../../core/clock.ts';
import { plan } from '../../core/planning/plan.ts';
import { type Actor, run } from '../../core/run.ts';
import type { Target } from '../../core/target.ts';
import { loginStorm } from '../../profiles/login-storm.ts';

const target: Target = {
  name: 'nobody',
  operations: [],
  capacity: {},
  metrics: [],
  services: {},
  client: () => ({ elsewhere: () => ({}) as never }),
};
const running = (leading: Actor[], following: Actor[], stop = new AbortController().signal) =>
  run({ plan: plan(loginStorm), target, leading, following, record: () => {}, stop, began: monotonic() });

test('followers go on as long as leaders do, and end with them', async () => {
  let looks = 0;
  const watching: Actor = async ({ now, until }) => {
    for (;;) {
      looks += 1;
      await until(now() + 20);
    }
  };
  await running([({ until }) => until(300)], [watching]);
  expect(looks).toBeGreaterThan(2);
});

test('the first bug stops everybody, everybody cleans up, and the bug comes out', async () => {
  const cleaned: string[] = [];
  const tidy =
    (name: string): Actor =>
    async ({ until }) => {
      try {
        await until(60_000);
      } finally {
        await sleep(20);
        cleaned.push(name);
      }
    };
  const broken: Actor = async () => {
    await sleep(10);
    throw new TypeError('a bug');
  };
  await expect(running([tidy('load'), broken], [tidy('scrape')])).rejects.toThrow(new TypeError('a bug'));
  expect(cleaned.sort()).toEqual(['load', 'scrape']);
});

test('a bug of a follower stops the run too', async () => {
  const broken: Actor = async () => {
    throw new RangeError('no scrape');
  };
  await expect(running([({ until }) => until(60_000)], [broken])).rejects.toThrow('no scrape');
});

test('a stop from outside comes out with its reason, after everybody has cleaned up', async () => {
  const stop = new AbortController();
  let cleaned = false;
  const load: Actor = async ({ until }) => {
    try {
      await until(60_000);
    } finally {
      cleaned = true;
    }
  };
  setTimeout(() => stop.abort(new Error('SIGINT')), 20);
  await expect(running([load], [], stop.signal)).rejects.toThrow('SIGINT');
  expect(cleaned).toBe(true);
});

test('an AbortError that nobody asked for is a bug like others', async () => {
  const broken: Actor = async () => {
    throw new DOMException('by accident', 'AbortError');
  };
  await expect(running([broken], [])).rejects.toThrow('by accident');
});
