import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../core/event.ts';
import type { Halt } from '../../metrics/halts/halt.ts';
import { Halted, halting } from '../../metrics/halts.ts';
import { scrapes } from '../../metrics/scrape.ts';
import { eventsOf } from '../support/watched-run.ts';
import { webServer } from '../support/web-server.ts';

const HALT: Halt = {
  watches: { indicator: 'login.queue' },
  sources: ['gateway'],
  is: 'above',
  limit: 10,
  lasting: 500,
  missing: 'halt',
};

describe('an actor that halts', () => {
  it('stops the run with what it saw, which is recorded before, and leaves no connection', async () => {
    let queue = 1;
    const server = await webServer((_, response) => response.end(`queue ${queue}\n`));
    const page = {
      kind: 'page',
      name: 'gateway',
      url: server.url,
      headers: {},
      indicators: { 'login.queue': 'queue' },
    } as const;
    const seen: RunEvent[] = [];
    const watching = halting([HALT], scrapes([page], { intervalMs: 50 }));
    const run = eventsOf(
      (handed) => watching({ ...handed, record: (event) => void seen.push(event) }),
      () => {
        if (seen.length >= 3) queue = 11;
        return false;
      },
    );
    await expect(run).rejects.toThrow(new Halted('login.queue was above 10 for 500 ms (11 at last)'));
    const above = seen.filter((event) => event.kind === 'scrape' && event.indicators['login.queue'] === 11);
    const [first, last] = [above[0], above.at(-1)] as { at: number }[];
    expect((last?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(500);
    await expect.poll(() => server.connections()).toBe(0);
    await server.stop();
  });

  it('is the same actor when there is nothing to halt for', () => {
    const scraping = scrapes([]);
    expect(halting([], scraping)).toBe(scraping);
  });
});
