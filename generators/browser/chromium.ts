import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { NotReady } from '../not-ready.ts';
import type { Reach } from '../transports/wire.ts';

/** Variables that name the browser, the first that is set. */
const NAMED_BY = ['CHROME_PATH', 'PUPPETEER_EXECUTABLE_PATH'] as const;

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

const ELSEWHERE = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Where the browser of this machine is; throws NotReady, with how to mend it, when there is none. */
export function chromiumIn(env: Readonly<Record<string, string | undefined>>): string {
  const named = NAMED_BY.find((name) => env[name]);
  const path = named && env[named];
  if (path) {
    if (isProgram(path)) return path;
    throw new NotReady(`${named} names ${path}, which is no program: let it name a Chromium or Chrome, or unset it`);
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const places = [...folders.flatMap((folder) => PROGRAMS.map((program) => join(folder, program))), ...ELSEWHERE];
  const found = places.find(isProgram);
  if (found) return found;
  throw new NotReady(
    'there is no browser on this machine: install Chromium (apt-get install chromium), or let CHROME_PATH name one',
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Nothing but pages: no calls home, no updates, cameras and microphones that are made up, and the same pace for all pages. */
const CALM = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--mute-audio',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
];

/**
 * Options of the command line: pages reach the given hosts and no others, by the detours of faults where there are some. The
 * first rule that fits a host counts.
 */
export function optionsFor(hosts: readonly string[], { detours = {}, loopbackOnly }: Reach): string[] {
  const around = Object.entries(detours).map(([from, { host, port }]) => `MAP ${from} ${host}:${port}`);
  const own = loopbackOnly ? ['localhost', '127.0.0.1', '[::1]'] : [];
  const allowed = [...new Set([...hosts, ...own])].map((host) => `MAP ${host} ${host}`);
  return [...CALM, `--host-resolver-rules=${[...around, ...allowed, 'MAP * ~NOTFOUND'].join(',')}`];
}
