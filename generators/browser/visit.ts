import type { PageNetwork, PageStep } from '../../core/browser.ts';
import { Failure } from '../../core/failure.ts';
import { ENTRY_PHASES, type Entry, type MediaFacts } from '../../core/media.ts';
import { settlesWithin } from '../../core/within.ts';
import { doStep, failureOf } from './do-step.ts';
import { Hearing, ownCountsIn } from './hearing.ts';
import { INSTRUMENT, type PeerReading, READ, STEPS } from './instrument.ts';
import type { Chrome, ChromeContext, ChromePage } from './library.ts';

/** What every page is opened with. */
export interface VisitTerms {
  readonly network?: PageNetwork;
  readonly measure?: string;
}

/** A page that answers no sooner has nothing to tell of the second, in milliseconds. */
const ANSWERS_WITHIN = 700;

/** One page in a browser context of its own. */
export class Visit {
  readonly #context: ChromeContext;
  readonly #page: ChromePage;
  readonly #terms: VisitTerms;
  #hearing: Hearing | undefined;
  #busy = 0;
  #closed = false;
  /** When it was last used, for whoever has to make room. */
  usedAt = performance.now();

  private constructor(context: ChromeContext, page: ChromePage, terms: VisitTerms) {
    this.#context = context;
    this.#page = page;
    this.#terms = terms;
  }

  /** Opens a page; `crashed` is called when it goes by itself. */
  static async open(chrome: Chrome, terms: VisitTerms, crashed: (says: string) => void): Promise<Visit> {
    const context = await chrome.createBrowserContext();
    const page = await context.newPage();
    const visit = new Visit(context, page, terms);
    page.on('error', () => crashed('the page crashed'));
    page.on('close', () => {
      if (!visit.#closed) crashed('the page was closed');
    });
    await page.evaluateOnNewDocument(INSTRUMENT);
    if (terms.network) await impair(page, terms.network);
    return visit;
  }

  /** Neither at work nor in a meeting: who comes may have its place. */
  get isIdle(): boolean {
    return this.#busy === 0 && !this.#hearing;
  }

  get isAttending(): boolean {
    return this.#hearing !== undefined;
  }

  /** Does steps within so many milliseconds; gives what was read last. Throws a Failure. */
  async walk(steps: readonly PageStep[], within: number): Promise<string | undefined> {
    const giveUpAt = performance.now() + within;
    let read: string | undefined;
    this.#busy += 1;
    try {
      for (const step of steps) read = (await this.#step(step, giveUpAt)) ?? read;
      return read;
    } finally {
      this.#busy -= 1;
      this.usedAt = performance.now();
    }
  }

  /** Measures from now on. */
  attend(): void {
    this.#hearing ??= new Hearing(performance.now());
    // What came before is nobody's second.
    void this.#page.evaluate(READ).catch(() => {});
  }

  leave(): void {
    this.#hearing = undefined;
  }

  /** What it heard and saw since this was last asked; undefined when it does not answer. */
  async facts(): Promise<MediaFacts | undefined> {
    const hearing = this.#hearing;
    const { measure } = this.#terms;
    const asked = Promise.all([this.#page.evaluate(READ), measure ? this.#page.evaluate(measure) : undefined]);
    try {
      if (!hearing || !(await settlesWithin(ANSWERS_WITHIN, asked))) return undefined;
      const [peer, own] = await asked;
      return hearing.take(peer as PeerReading | undefined, ownCountsIn(own), performance.now());
    } catch {
      return undefined;
    }
  }

  /** How long each step of joining took that has been made by now, for who began it at a moment of the wall clock. */
  async entry(began: number, joining: number): Promise<Entry> {
    const at = (await this.#page.evaluate(STEPS).catch(() => undefined)) as Record<string, number> | undefined;
    if (!at || Object.keys(at).length === 0) return { signalling: joining };
    const told = ENTRY_PHASES.flatMap((phase) => {
      const moment = at[phase];
      return moment === undefined ? [] : [[phase, Math.max(0, moment - began)] as const];
    });
    return Object.fromEntries(told);
  }

  /** A JPEG in base64; undefined when the page shows nothing any more. */
  async picture(quality: number): Promise<string | undefined> {
    const shot = this.#page
      .screenshot({ type: 'jpeg', quality, encoding: 'base64', captureBeyondViewport: false })
      .catch(() => undefined);
    return (await settlesWithin(PICTURED_WITHIN, shot)) ? shot : undefined;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#context.close().catch(() => {});
  }

  async #step(step: PageStep, giveUpAt: number): Promise<string | undefined> {
    const what = 'selector' in step ? `${step.does} ${step.selector}` : step.does;
    const work = doStep(this.#page, step, giveUpAt);
    try {
      // A page that hangs answers nothing, not even that it is late.
      if (!(await settlesWithin(Math.max(1, giveUpAt - performance.now()) + GRACE, work)))
        throw new Failure('timeout', `${what}: the page does not answer`);
      return await work;
    } catch (thrown) {
      throw failureOf(thrown, what);
    }
  }
}

const PICTURED_WITHIN = 2_000;
const GRACE = 100;

/** Acts on WebRTC only where it is set before the first peer connection is made, and with a latency of at least 1. */
async function impair(page: ChromePage, { loss, delay }: PageNetwork): Promise<void> {
  const session = await page.createCDPSession();
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: Math.max(1, delay), downloadThroughput: -1, uploadThroughput: -1 },
    packetLoss: loss * 100,
  });
}
