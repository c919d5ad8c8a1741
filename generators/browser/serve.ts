import { monotonic } from '../../core/clock.ts';
import { Failure } from '../../core/failure.ts';
import { Exhausted } from '../exhausted.ts';
import { NotReady } from '../not-ready.ts';
import { pacer } from '../pacer.ts';
import { telling } from '../telling.ts';
import { Album } from './album.ts';
import { chromiumIn, optionsFor } from './chromium.ts';
import { browserLibrary, type Chrome } from './library.ts';
import type { BrowserSetup, FromBrowser, Outcome, ToBrowser } from './messages.ts';
import { Pages } from './pages.ts';
import { profileFolder, removed } from './profile-folder.ts';

const LAUNCHED_WITHIN = 30_000;
const VIEW = { width: 960, height: 600 };
/** How soon after it began to measure the steps of joining are told, in milliseconds. */
const SETTLED = 2_000;

/**
 * The browser's side of its process. A process of its own, because it has to outlive whoever started it for long enough to
 * end the browser and take its folder away, and since what drives a browser is of no use in a load worker.
 */
export async function serveBrowser(own: NodeJS.Process, setup: BrowserSetup): Promise<void> {
  const tell = telling<FromBrowser>(own);
  const folder = profileFolder();
  let chrome: Chrome | undefined;
  const end = () => {
    const pid = chrome?.process()?.pid;
    if (pid !== undefined) killed(pid);
    removed(folder);
    own.exit();
  };
  own.once('disconnect', end);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) own.once(signal, end);
  // Whoever is asked to stop by the keyboard is asked together with those it has started: they are ended in order.
  own.on('SIGINT', () => {});
  try {
    chrome = await launched(setup, folder);
    chrome.on('disconnected', end);
    obeying(own, chrome, setup, tell, end);
    tell({ did: 'ready' });
  } catch (thrown) {
    if (!(thrown instanceof NotReady)) throw thrown;
    tell({ did: 'not ready', says: thrown.message });
  }
}

async function launched({ reach, hosts }: BrowserSetup, userDataDir: string): Promise<Chrome> {
  const executablePath = chromiumIn(process.env);
  const library = await browserLibrary();
  try {
    return await library.launch({
      ...{ executablePath, userDataDir, pipe: true, timeout: LAUNCHED_WITHIN, defaultViewport: VIEW },
      ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
      args: optionsFor(hosts, reach),
      acceptInsecureCerts: reach.insecureTls,
    });
  } catch (thrown) {
    const [first = ''] = (thrown as Error).message.split('\n');
    throw new NotReady(`${executablePath} could not be started: ${first}`);
  }
}

/** It leads a group of processes, all of which are its own. */
function killed(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown;
  }
}

function obeying(
  own: NodeJS.Process,
  chrome: Chrome,
  setup: BrowserSetup,
  tell: (message: FromBrowser) => void,
  end: () => void,
): void {
  let began: number | undefined;
  const now = () => (began === undefined ? undefined : monotonic() - began);
  const pages = new Pages(chrome, setup, setup.pages, (page, says) => tell({ did: 'gone', page, says }));
  const album = new Album((picture) => tell({ did: 'picture', picture }), now, setup.pictureAt);
  const clock = secondsOf(pages, album, now, tell);
  const pictured = new Map<number, Promise<void>>();
  const answering = async (page: number, call: number, work: () => Promise<string | undefined>) => {
    const outcome = await outcomeOf(work);
    tell({ did: 'answer', call, outcome });
    const visit = pages.get(page);
    if (outcome.is === 'failed' && visit) pictured.set(page, album.failure(visit, outcome.says));
  };
  own.on('message', (message: ToBrowser) => {
    if (message.do === 'begin') began = message.began;
    else if (message.do === 'open')
      void answering(message.page, message.call, async () => void (await pages.open(message.page)));
    else if (message.do === 'walk')
      void answering(message.page, message.call, async () => {
        const visit = pages.get(message.page);
        if (!visit) throw new Failure('reset', 'the page is gone');
        return await visit.walk(message.steps, message.within);
      });
    else if (message.do === 'attend') attending(pages, message, tell);
    else if (message.do === 'leave') pages.get(message.page)?.leave();
    else if (message.do === 'close')
      void (pictured.get(message.page) ?? Promise.resolve()).then(() => pages.close(message.page));
    else {
      clock.stop();
      tell({ did: 'stopped' });
      end();
    }
  });
}

async function outcomeOf(work: () => Promise<string | undefined>): Promise<Outcome> {
  try {
    const read = await work();
    return { is: 'done', ...(read !== undefined && { read }) };
  } catch (thrown) {
    if (thrown instanceof Failure) {
      const { kind, message: says, retryAfter } = thrown;
      return { is: 'failed', kind, says, ...(retryAfter !== undefined && { retryAfter }) };
    }
    // What cannot be opened is the browser's own: the target has no part in it yet.
    const says = thrown instanceof Error ? thrown.message : String(thrown);
    return { is: 'exhausted', says: thrown instanceof Exhausted ? says : `the browser: ${says.split('\n')[0]}` };
  }
}

function attending(
  pages: Pages,
  { page, joining = 0 }: Extract<ToBrowser, { do: 'attend' }>,
  tell: (message: FromBrowser) => void,
): void {
  const visit = pages.get(page);
  if (!visit) {
    tell({ did: 'gone', page, says: 'the page is gone' });
    return;
  }
  const began = Date.now() - joining;
  visit.attend();
  setTimeout(() => {
    if (pages.get(page) === visit)
      void visit.entry(began, joining).then((entry) => tell({ did: 'settled', page, entry }));
  }, SETTLED);
}

/** Tells what everybody in a meeting heard and saw, whenever a second is over. */
function secondsOf(
  pages: Pages,
  album: Album,
  now: () => number | undefined,
  tell: (message: FromBrowser) => void,
): { stop(): void } {
  let second = -1;
  let looking = false;
  const own = pacer(() => true);
  const look = async () => {
    const at = now();
    if (at === undefined || looking) return;
    if (second < 0) second = Math.max(0, Math.floor(at / 1_000));
    if (at < (second + 1) * 1_000) return;
    looking = true;
    const over = Math.floor(at / 1_000) - 1;
    second = over + 1;
    const heard = await Promise.all(pages.attending.map(async ([page, visit]) => [page, await visit.facts()] as const));
    const members = heard.flatMap(([page, facts]) => (facts ? [[page, facts] as const] : []));
    tell({ did: 'second', second: over, lag: own.takeLag(), members });
    looking = false;
    const { shown } = pages;
    if (album.isDue && shown) await album.height(shown);
  };
  const timer = setInterval(() => void look(), 20);
  return {
    stop() {
      clearInterval(timer);
      own.stop();
    },
  };
}
