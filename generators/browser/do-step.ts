import type { PageStep } from '../../core/browser.ts';
import { Failure, type FailureKind } from '../../core/failure.ts';
import type { ChromePage } from './library.ts';

/** Does one step on a page until a moment of `performance.now()`; gives what was read. Throws a Failure. */
export async function doStep(page: ChromePage, step: PageStep, giveUpAt: number): Promise<string | undefined> {
  const timeout = Math.max(1, giveUpAt - performance.now());
  switch (step.does) {
    case 'goto':
      await gone(page, step.url, timeout);
      return undefined;
    case 'fill': {
      const field = await page.waitForSelector(step.selector, { visible: true, timeout });
      await field?.evaluate((element) => {
        element.value = '';
        return '';
      });
      await field?.type(step.text);
      return undefined;
    }
    case 'click':
      await (await page.waitForSelector(step.selector, { visible: true, timeout }))?.click();
      return undefined;
    case 'press':
      await page.keyboard.press(step.key);
      return undefined;
    case 'wait':
      await seen(page, step, timeout);
      return undefined;
    case 'evaluate':
      if ((await page.evaluate(step.script)) === false) throw new Failure('protocol', 'a script of a step says false');
      return undefined;
    case 'read': {
      const element = await page.waitForSelector(step.selector, { visible: true, timeout });
      return (await element?.evaluate(({ textContent, value }) => value ?? textContent ?? ''))?.trim();
    }
  }
}

/** Waits for what is wanted or what says no, whichever is seen first. */
async function seen(page: ChromePage, step: Extract<PageStep, { does: 'wait' }>, timeout: number): Promise<void> {
  const found = new AbortController();
  const all = [
    { selector: step.selector, kind: undefined },
    ...(step.denied === undefined ? [] : [{ selector: step.denied, kind: 'denied' as const }]),
    ...(step.shed === undefined ? [] : [{ selector: step.shed, kind: 'shed' as const }]),
  ];
  const waits = all.map(async ({ selector, kind }) => {
    await page.waitForSelector(selector, { visible: true, timeout, signal: found.signal });
    return { selector, kind };
  });
  for (const wait of waits) wait.catch(() => {});
  try {
    const { selector, kind } = await Promise.race(waits);
    if (kind) throw new Failure(kind, `the page shows ${selector}`);
  } finally {
    found.abort();
  }
}

async function gone(page: ChromePage, url: string, timeout: number): Promise<void> {
  const response = await page.goto(url, { timeout, waitUntil: 'load' });
  const status = response?.status() ?? 200;
  if (status < 400) return;
  if (status === 429 || status === 503) {
    const seconds = Number(response?.headers()['retry-after']);
    throw new Failure('shed', `the page answers ${status}`, seconds >= 0 ? seconds * 1_000 : undefined);
  }
  if (status === 401 || status === 403) throw new Failure('denied', `the page answers ${status}`);
  throw new Failure('status', `the page answers ${status}`);
}

/** By the words of Chromium's network errors. */
const ERRORS: readonly (readonly [RegExp, FailureKind])[] = [
  [/ERR_CONNECTION_REFUSED/, 'refused'],
  [/ERR_(CONNECTION_(RESET|CLOSED|ABORTED)|EMPTY_RESPONSE|SOCKET)/, 'reset'],
  [/ERR_(NAME_NOT_RESOLVED|ADDRESS_UNREACHABLE|INTERNET_DISCONNECTED|NETWORK)/, 'unreachable'],
  [/ERR_(TIMED_OUT|CONNECTION_TIMED_OUT)/, 'timeout'],
];

/** What it is for the target that a step has thrown: whatever a page does is the target's doing. */
export function failureOf(thrown: unknown, what: string): Failure {
  if (thrown instanceof Failure) return thrown;
  const { name = '', message = '' } = thrown instanceof Error ? thrown : {};
  const known = ERRORS.find(([words]) => words.test(message));
  if (known) return new Failure(known[1], `${what}: ${/net::\w+/.exec(message)?.[0] ?? known[1]}`);
  if (name === 'TimeoutError') return new Failure('timeout', `${what}: not in time`);
  const [first = ''] = message.split('\n');
  return new Failure('protocol', `${what}: ${first.slice(0, 200)}`);
}
