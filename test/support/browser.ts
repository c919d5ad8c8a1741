import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { monotonic } from '../../core/clock.ts';
import type { Attendance, MediaFacts } from '../../core/media.ts';
import type { Person } from '../../core/person.ts';
import { type BrowserWire, browserWire } from '../../generators/browser/browser-wire.ts';
import type { BrowserSetup } from '../../generators/browser/messages.ts';
import { nodeWire, PatientTransport } from '../../generators/transports/node.ts';
import { pathOf } from './real-part.ts';

export const REACH = { loopbackOnly: true, insecureTls: false };

/** A real browser in its process, as a load worker has it. */
export interface Browsing {
  readonly wire: BrowserWire;
  readonly child: () => ChildProcess;
  /** What one person does things over, who waits for so many milliseconds. */
  io(patience?: number): PatientTransport;
  stop(): void;
}

/** Has a browser; it starts when somebody needs it. */
export function browsing(setup: Partial<BrowserSetup> = {}): Browsing {
  let child: ChildProcess | undefined;
  const entry = fileURLToPath(new URL('../../dist/cli/browser-process.js', import.meta.url));
  const given: BrowserSetup = { reach: REACH, hosts: ['127.0.0.1'], pages: 2, ...setup };
  const wire = browserWire(() => {
    child = fork(entry, [JSON.stringify(given)], {
      ...{ execArgv: [], serialization: 'advanced' },
      env: { ...process.env, CHROME_PATH: pathOf('chromium') },
    });
    return child;
  });
  return {
    wire,
    child: () => {
      if (!child) throw new Error('no browser was started');
      return child;
    },
    io(patience = 20_000) {
      const io = new PatientTransport(nodeWire(REACH, wire, wire));
      io.giveUpAt = performance.now() + patience;
      return io;
    },
    stop: () => wire.close(),
  };
}

/** Collects the facts of somebody's seconds until they are enough; fails after so many seconds. */
export async function factsUntil(
  wire: BrowserWire,
  attendance: Attendance,
  enough: (facts: readonly MediaFacts[]) => boolean,
  seconds = 25,
): Promise<readonly MediaFacts[]> {
  const facts: MediaFacts[] = [];
  wire.onSecond(({ second }) => {
    const one = attendance.facts(second);
    if (one) facts.push(one);
  });
  for (const until = performance.now() + seconds * 1_000; !enough(facts); await sleep(100))
    if (performance.now() > until) throw new Error(`not enough after ${seconds} s: ${JSON.stringify(facts.at(-1))}`);
  return facts;
}

/** Begins a run now. */
export function beginNow({ wire }: Browsing): void {
  wire.begin(monotonic());
}

export function sum(facts: readonly MediaFacts[], pick: (one: MediaFacts) => number): number {
  return facts.reduce((all, one) => all + pick(one), 0);
}

export const nobody: Person = { index: 0, name: 'Ada', email: 'ada@example.com', password: 'not asked for' };
