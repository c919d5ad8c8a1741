import type { ChildProcess } from 'node:child_process';
import type { Page, PageSeat, PageStep } from '../../core/browser.ts';
import { type Deferred, deferred } from '../../core/deferred.ts';
import type { Picture } from '../../core/event.ts';
import { Failure } from '../../core/failure.ts';
import type { Entry, MediaFacts } from '../../core/media.ts';
import { Exhausted } from '../exhausted.ts';
import { NotReady } from '../not-ready.ts';
import type { MediaWire } from '../participants/thread/media-wire.ts';
import type { Patience } from '../transports/wire.ts';
import type { FromBrowser, Outcome, ToBrowser } from './messages.ts';

/** The browser of one worker, which is started when somebody needs it, and the media of its pages. */
export interface BrowserWire extends MediaWire {
  open(patience: Patience, kept?: PageSeat): Promise<Page>;
  onPicture(listener: (picture: Picture) => void): void;
}

/** Facts are kept for so many seconds. */
const KEPT = 5;
/** How long somebody without a limit waits, in milliseconds. */
const LONGEST = 60_000;

interface Known {
  readonly gone: Deferred<string>;
  readonly settled: Deferred<Entry>;
  readonly facts: Map<number, MediaFacts>;
  isOpen: boolean;
}

interface Link {
  tell(message: ToBrowser): void;
  readonly ready: Promise<void>;
}

/** The load worker's side of the browser's process, which `start` starts. */
export function browserWire(start: () => ChildProcess): BrowserWire {
  const state = new State();
  let link: Link | undefined;
  let began: number | undefined;
  const linked = (): Link => {
    if (link) return link;
    link = linkTo(start(), state);
    if (began !== undefined) link.tell({ do: 'begin', began });
    return link;
  };
  return {
    ready: () => linked().ready,
    open: (patience, kept) => opened(linked(), state, patience, kept),
    async attend(seat, { joining }) {
      const one = 'page' in seat ? state.pages.get(seat.page) : undefined;
      if (!('page' in seat) || !one?.isOpen) throw new Failure('reset', 'the page is gone');
      linked().tell({ do: 'attend', page: seat.page, ...(joining !== undefined && { joining }) });
      return {
        lost: one.gone.promise,
        facts: (second) => one.facts.get(second),
        entry: one.settled.promise,
        leave: () => link?.tell({ do: 'leave', page: seat.page }),
      };
    },
    begin(at) {
      began = at;
      link?.tell({ do: 'begin', began: at });
    },
    onSecond: (listener) => void state.seconds.push(listener),
    onPicture: (listener) => void state.pictures.push(listener),
    get size() {
      return state.pages.size;
    },
    close: () => link?.tell({ do: 'stop' }),
  };
}

/** What is known of a browser and its pages. */
class State {
  readonly pages = new Map<number, Known>();
  readonly calls = new Map<number, Deferred<Outcome>>();
  readonly seconds: ((second: Extract<FromBrowser, { did: 'second' }>) => void)[] = [];
  readonly pictures: ((picture: Picture) => void)[] = [];
  next = 0;

  forget(page: number, says: string): void {
    const one = this.pages.get(page);
    this.pages.delete(page);
    if (one) one.isOpen = false;
    one?.gone.resolve(says);
  }

  /** The browser is not there any more, which is nothing of the target's. */
  end(says: string): void {
    const gone = new Exhausted(says);
    for (const call of this.calls.values()) call.reject(gone);
    for (const one of this.pages.values()) {
      one.isOpen = false;
      one.gone.reject(gone);
    }
    this.calls.clear();
    this.pages.clear();
  }
}

function linkTo(child: ChildProcess, state: State): Link {
  const ready = deferred<void>();
  let over: string | undefined;
  const ended = (says: string) => {
    over ??= says;
    ready.reject(new NotReady(over));
    state.end(over);
  };
  child.on('exit', () => ended('the browser ended by itself'));
  child.on('error', (thrown) => ended(`the browser could not be started: ${thrown.message}`));
  child.on('message', (message: FromBrowser) => {
    if (message.did === 'ready') ready.resolve();
    else if (message.did === 'not ready') ended(message.says);
    else hear(message, state);
  });
  const tell = (message: ToBrowser) => {
    if (child.connected && over === undefined) child.send(message);
  };
  return { tell, ready: ready.promise };
}

function hear(message: Exclude<FromBrowser, { did: 'ready' | 'not ready' }>, state: State): void {
  if (message.did === 'answer') {
    state.calls.get(message.call)?.resolve(message.outcome);
    state.calls.delete(message.call);
  } else if (message.did === 'gone') state.forget(message.page, message.says);
  else if (message.did === 'settled') state.pages.get(message.page)?.settled.resolve(message.entry);
  else if (message.did === 'picture') for (const listener of state.pictures) listener(message.picture);
  else if (message.did === 'second') {
    for (const [page, facts] of message.members) {
      const known = state.pages.get(page)?.facts;
      known?.set(message.second, facts);
      known?.delete(message.second - KEPT);
    }
    for (const listener of state.seconds) listener(message);
  }
}

type Call = (call: number, within: number) => Extract<ToBrowser, { call: number }>;

async function opened(link: Link, state: State, patience: Patience, kept: PageSeat | undefined): Promise<Page> {
  await link.ready.catch((thrown: Error) => {
    // Before a run that is told as it is; within one, nothing of it is the target's.
    throw new Exhausted(thrown.message);
  });
  const before = kept && state.pages.get(kept.page);
  if (kept && before?.isOpen) return pageAt(kept, before, { link, state, patience });
  state.next += 1;
  const page = state.next;
  const one: Known = { gone: deferred(), settled: deferred(), facts: new Map(), isOpen: true };
  state.pages.set(page, one);
  try {
    await asked({ link, state, patience }, (call, within) => ({ do: 'open', page, call, within }));
  } catch (thrown) {
    state.forget(page, 'it was not opened');
    throw thrown;
  }
  return pageAt({ page }, one, { link, state, patience });
}

/** Over what somebody asks a browser, and how long they wait for it. */
interface Asking {
  readonly link: Link;
  readonly state: State;
  readonly patience: Patience;
}

async function asked({ link, state, patience }: Asking, call: Call): Promise<string | undefined> {
  state.next += 1;
  const number = state.next;
  const answer = deferred<Outcome>();
  state.calls.set(number, answer);
  const within = Math.max(1, Math.min(LONGEST, patience.giveUpAt - performance.now()));
  link.tell(call(number, within));
  return readIn(await answer.promise);
}

function pageAt({ page }: PageSeat, one: Known, asking: Asking): Page {
  const { link, state } = asking;
  return {
    seat: { page },
    get isOpen() {
      return one.isOpen;
    },
    walk: (steps: readonly PageStep[]) => asked(asking, (call, within) => ({ do: 'walk', page, call, within, steps })),
    onGone: (heard) => void one.gone.promise.then(heard, () => {}),
    close() {
      one.isOpen = false;
      state.pages.delete(page);
      link.tell({ do: 'close', page });
    },
  };
}

function readIn(outcome: Outcome): string | undefined {
  if (outcome.is === 'done') return outcome.read;
  if (outcome.is === 'exhausted') throw new Exhausted(outcome.says);
  throw new Failure(outcome.kind, outcome.says, outcome.retryAfter);
}
