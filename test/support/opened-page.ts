import puppeteer, { type Browser, type Page } from 'puppeteer';
import { pathOf } from './real-part.ts';

/** A page opened by a real browser, and what it did that a report must not do. */
export interface OpenedPage {
  readonly page: Page;
  /** Errors and warnings on the console, and exceptions. */
  readonly complaints: readonly string[];
  /** Everything that was asked for, the page itself included. */
  readonly requests: readonly string[];
}

/** Starts the browser of this machine; who starts it closes it. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = pathOf('chromium');
  if (!executablePath) throw new Error('there is no chromium');
  const quiet = [
    'no-first-run',
    'disable-background-networking',
    'disable-component-update',
    'disable-sync',
    'disable-quic',
  ];
  return await puppeteer.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', ...quiet.map((option) => `--${option}`)],
    timeout: 60_000,
  });
}

export interface View {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

/** Opens a file in a fresh tab as somebody with this screen and this preference sees it. */
export async function openedPage(browser: Browser, path: string, { width, scheme }: View): Promise<OpenedPage> {
  const page = await browser.newPage();
  const [complaints, requests]: [string[], string[]] = [[], []];
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (thrown) => complaints.push(String(thrown)));
  page.on('request', (request) => requests.push(request.url()));
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(`file://${path}`, { timeout: 30_000 });
  return { page, complaints, requests };
}
