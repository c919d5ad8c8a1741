import { expect, test } from 'vitest';
import { HashQueue } from '../../../targets/reference/gateway/hash-queue.ts';
import type { Visitor } from '../../../targets/reference/gateway/visitor.ts';

const unbounded = {
  hashesAtWork: 1,
  loginQueue: Number.POSITIVE_INFINITY,
  loginTimeLimit: 60_000,
  noticesDeparture: false,
};

test('logins go through in order of arrival, so many at once', async () => {
  const queue = new HashQueue({ ...unbounded, hashesAtWork: 2 });
  const order: number[] = [];
  let atWork = 0;
  let most = 0;
  const pass = (index: number) =>
    queue.pass(visitor(), async () => {
      order.push(index);
      atWork += 1;
      most = Math.max(most, atWork);
      await turn();
      atWork -= 1;
      return index;
    });
  const passages = await Promise.all([0, 1, 2, 3, 4].map(pass));
  expect(order).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
  expect(passages).toEqual([0, 1, 2, 3, 4].map((value) => ({ kind: 'through', value })));
});

test('a queue with a bound refuses whoever comes beyond it, at once', async () => {
  const queue = new HashQueue({ ...unbounded, loginQueue: 2 });
  const work = gate();
  const passages = [1, 2, 3].map(() => queue.pass(visitor(), work.opened));
  expect(queue.isFull).toBe(true);
  expect(await queue.pass(visitor(), work.opened)).toEqual({ kind: 'refused' });
  work.open();
  expect((await Promise.all(passages)).map(({ kind }) => kind)).toEqual(['through', 'through', 'through']);
  expect(queue.isFull).toBe(false);
});

test('where departure is noticed, the place goes to the next at once', async () => {
  const queue = new HashQueue({ ...unbounded, loginQueue: 1, noticesDeparture: true });
  const work = gate();
  const first = queue.pass(visitor(), work.opened);
  const leaving = visitor();
  const second = queue.pass(leaving, work.opened);
  leaving.leave();
  expect(await second).toEqual({ kind: 'left' });
  expect(queue.length).toBe(0);
  const third = queue.pass(visitor(), work.opened);
  work.open();
  expect([(await first).kind, (await third).kind]).toEqual(['through', 'through']);
});

test('where departure is not noticed, the work is done for nobody, and told apart while it waits', async () => {
  const queue = new HashQueue(unbounded);
  const work = gate();
  const first = queue.pass(visitor(), work.opened);
  const [leaving, gone] = [visitor(), visitor()];
  gone.leave();
  const rest = [queue.pass(leaving, work.opened), queue.pass(gone, work.opened), queue.pass(visitor(), work.opened)];
  expect([queue.length, queue.departed]).toEqual([3, 1]);
  leaving.leave();
  expect([queue.length, queue.departed]).toEqual([3, 2]);
  work.open();
  expect((await Promise.all([first, ...rest])).every(({ kind }) => kind === 'through')).toBe(true);
  expect([queue.length, queue.departed]).toEqual([0, 0]);
});

test('a login that is too old when its turn comes expires without work', async () => {
  const queue = new HashQueue({ ...unbounded, loginTimeLimit: 1_000 });
  const work = gate();
  const first = queue.pass(visitor(), work.opened);
  const old = visitor(performance.now() - 1_001);
  let wasWorked = false;
  const second = queue.pass(old, async () => {
    wasWorked = true;
  });
  const third = queue.pass(visitor(), work.opened);
  old.leave();
  work.open();
  await first;
  expect(await second).toEqual({ kind: 'expired' });
  expect((await third).kind).toBe('through');
  expect(wasWorked).toBe(false);
  expect(queue.departed).toBe(0);
});

test('work that fails gives its place back', async () => {
  const queue = new HashQueue(unbounded);
  const failing = queue.pass(visitor(), async () => {
    throw new Error('no database');
  });
  const next = queue.pass(visitor(), async () => 'done');
  await expect(failing).rejects.toThrow('no database');
  expect(await next).toEqual({ kind: 'through', value: 'done' });
});

function visitor(arrived = performance.now()): Visitor & { leave(): void } {
  const listeners: (() => void)[] = [];
  let departed = false;
  return {
    arrived,
    get departed() {
      return departed;
    },
    get leaving() {
      return departed;
    },
    whenDeparted(does) {
      if (departed) does();
      else listeners.push(does);
    },
    leave() {
      departed = true;
      for (const listener of listeners) listener();
    },
  };
}

function gate(): { open: () => void; opened: () => Promise<void> } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened: () => opened };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
