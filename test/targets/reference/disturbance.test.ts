import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { Impatient } from '../../support/impatient.ts';
import { describeWithReference, metrics, PEOPLE, person, startForTest } from '../../support/reference.ts';
import { type SlowLine, slowLine } from '../../support/slow-line.ts';

/** New logins per second, several times of what comes through. */
const RATE = 200;
const PATIENCE = 2_000;
const MOST_TRIES = 6;

describeWithReference('a hardened reference target that was held up in a storm of logins', () => {
  let line: SlowLine | undefined;
  afterAll(() => line?.close());

  test('serves people again, and not those who have left', async () => {
    const reference = await startForTest('hardened', {
      route: async (_, upstream) => {
        line = await slowLine(upstream);
        return { host: line.host, port: line.port };
      },
    });
    const storm = stormOn(reference.url);
    try {
      line?.slowBy(100);
      await sleep(5_000);
      const before = await storm.servedIn(4_000);
      expect(before).toBeGreaterThan(20);
      const gateway = reference.processes.find(({ name }) => name === 'gateway')?.pid ?? Number.NaN;
      process.kill(gateway, 'SIGSTOP');
      await sleep(3_000);
      process.kill(gateway, 'SIGCONT');
      await sleep(6_000);
      expect(await storm.servedIn(4_000)).toBeGreaterThan(before / 2);
      // What came while it was away was turned away unread, or dropped as soon as it was seen that nobody waits for it.
      const [shed, left] = await metrics(reference, [
        'reference_requests_shed_total',
        'reference_logins_total{result="left"}',
      ]);
      expect(Number(shed) + Number(left)).toBeGreaterThan(100);
    } finally {
      storm.stop();
    }
  });
});

/** People who sign in, leave when it takes too long, and try again a second later, six times in all. */
function stormOn(url: string) {
  const people = new Impatient();
  let served = 0;
  let isOver = false;
  const signIn = async (tries: number): Promise<void> => {
    const who = person(Math.floor(Math.random() * PEOPLE.length));
    const answer = await people.login(url, who, PATIENCE);
    if (typeof answer === 'object' && answer.status === 200) served += 1;
    else if (tries < MOST_TRIES && !isOver) {
      await sleep(1_000);
      await signIn(tries + 1);
    }
  };
  const every = 20;
  const timer = setInterval(() => {
    for (let i = 0; i < (RATE * every) / 1_000; i += 1) void signIn(1);
  }, every);
  return {
    async servedIn(ms: number) {
      const before = served;
      await sleep(ms);
      return served - before;
    },
    stop() {
      isOver = true;
      clearInterval(timer);
      people.close();
    },
  };
}
