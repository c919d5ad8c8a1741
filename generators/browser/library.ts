import { NotReady } from '../not-ready.ts';

/**
 * What drives the browser (puppeteer), as far as it is used here. Written down because who tests no web client does not have
 * it installed.
 */
export interface BrowserLibrary {
  launch(options: LaunchOptions): Promise<Chrome>;
}

export interface LaunchOptions {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly userDataDir: string;
  /** Spoken to over a pipe: a browser whose pipe is gone ends by itself. */
  readonly pipe: true;
  readonly acceptInsecureCerts: boolean;
  readonly handleSIGINT: false;
  readonly handleSIGTERM: false;
  readonly handleSIGHUP: false;
  readonly timeout: number;
  readonly defaultViewport: { readonly width: number; readonly height: number };
}

export interface Chrome {
  createBrowserContext(): Promise<ChromeContext>;
  process(): { readonly pid?: number | undefined } | null;
  on(event: 'disconnected', listener: () => void): unknown;
}

export interface ChromeContext {
  newPage(): Promise<ChromePage>;
  close(): Promise<void>;
}

export interface ChromePage {
  createCDPSession(): Promise<{ send(method: string, params?: object): Promise<unknown> }>;
  evaluateOnNewDocument(script: string): Promise<unknown>;
  evaluate(script: string): Promise<unknown>;
  goto(url: string, options: { readonly timeout: number; readonly waitUntil: 'load' }): Promise<ChromeResponse | null>;
  waitForSelector(selector: string, options: WaitOptions): Promise<ChromeElement | null>;
  readonly keyboard: { press(key: string): Promise<void> };
  screenshot(options: {
    readonly type: 'jpeg';
    readonly quality: number;
    readonly encoding: 'base64';
    readonly captureBeyondViewport: false;
  }): Promise<string>;
  on(event: 'error' | 'close', listener: (error: unknown) => void): unknown;
}

export interface WaitOptions {
  readonly visible: true;
  readonly timeout: number;
  readonly signal?: AbortSignal;
}

export interface ChromeElement {
  click(): Promise<void>;
  type(text: string): Promise<void>;
  evaluate(script: (element: { readonly textContent: string | null; value?: string }) => string): Promise<string>;
}

export interface ChromeResponse {
  status(): number;
  headers(): Readonly<Record<string, string>>;
}

const PACKAGE = 'puppeteer';

/** Loads it; throws NotReady where it is not installed. */
export async function browserLibrary(name: string = PACKAGE): Promise<BrowserLibrary> {
  try {
    return ((await import(name)) as { readonly default: BrowserLibrary }).default;
  } catch (thrown) {
    const [first = ''] = (thrown as Error).message.split('\n');
    throw new NotReady(`a target of kind browser needs the package ${name}: npm install ${name} (${first})`);
  }
}
