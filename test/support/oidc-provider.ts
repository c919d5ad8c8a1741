import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Person } from '../../core/person.ts';

/** A real OpenID provider (npm oidc-provider) in a process of its own, on the loopback and at a low priority. */
export interface OidcProvider {
  readonly url: string;
  /** What its password hashes cost. */
  readonly rounds: number;
  /** What stormtest's configuration takes from the environment to storm it. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export interface ProviderOptions {
  /** A CSV file of those who have accounts: email,password,name. */
  readonly people: string;
  /** The cost of a password hash; tuned to the machine when nobody says. */
  readonly rounds?: number | undefined;
  /** Admission control: so many logins are in work or wait, the surplus gets 503. */
  readonly mostInside?: number;
}

const PROGRAM = fileURLToPath(new URL('../real/oidc/provider.mjs', import.meta.url));

/** The client whose secret must not be found in anything that stormtest writes. */
const CLIENT = { OIDC_CLIENT_ID: 'conference', OIDC_CLIENT_SECRET: 'kept-secret-7f3a91d20c' };

/** Starts a provider and waits until it is ready; it ends with this process at the latest. */
export async function startProvider({ people, rounds, mostInside }: ProviderOptions): Promise<OidcProvider> {
  const options = [
    ...(rounds === undefined ? [] : ['--rounds', String(rounds)]),
    ...(mostInside === undefined ? [] : ['--most-inside', String(mostInside)]),
  ];
  const child = spawn('nice', ['-n', '10', process.execPath, PROGRAM, ...options], {
    env: { ...process.env, ...CLIENT, OIDC_PEOPLE: people },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (chunk) => {
    complaints += chunk;
  });
  const ended = once(child, 'exit').then(() => undefined);
  const ready = once(createInterface({ input: child.stdout }), 'line').then(([line]) => JSON.parse(String(line)));
  const told = (await Promise.race([ready, ended])) as { url: string; rounds: number } | undefined;
  if (!told) throw new Error(`the provider did not start: ${complaints}`);
  return { ...told, env: { ...CLIENT, OIDC_URL: told.url, OIDC_PEOPLE: people }, stop: () => stopped(child, ended) };
}

async function stopped(child: ChildProcess, ended: Promise<undefined>): Promise<void> {
  child.stdin?.end();
  const kill = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(kill);
}

/** Asks for tokens as an application does that was given a person's password; `changes` go into the form. */
export async function tokenFor(
  { url, env }: OidcProvider,
  { email, password }: Person,
  changes: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const { OIDC_CLIENT_ID: id, OIDC_CLIENT_SECRET: secret } = env;
  return fetch(`${url}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
    body: new URLSearchParams({
      ...{ grant_type: 'password', scope: 'openid email', username: email, password },
      ...changes,
    }),
  });
}

/**
 * Logins a second that a provider can do when the machine has nothing else to do: the cores over the CPU time of one of
 * a hundred real logins, eight at a time. Measured so, it is the same beside other work.
 */
export async function capacityOf(provider: OidcProvider, person: Person): Promise<number> {
  const before = await lookAt(provider);
  const logins = Array.from({ length: 100 }, (_, index) => index).values();
  const lane = async () => {
    for (const _ of logins) {
      const answer = await tokenFor(provider, person);
      if (!answer.ok) throw new Error(`no login to measure: ${answer.status} ${await answer.text()}`);
      await answer.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  const after = await lookAt(provider);
  if (!before || !after) throw new Error('the provider tells nothing of itself');
  return (Math.min(4, availableParallelism()) * (after.granted - before.granted)) / (after.cpu - before.cpu);
}

const SERIES = {
  granted: 'oidc_logins_total{result="granted"}',
  denied: 'oidc_logins_total{result="denied"}',
  refused: 'oidc_logins_total{result="refused"}',
  failed: 'oidc_logins_total{result="failed"}',
  checkedForPresent: 'oidc_password_checks_total{for="present"}',
  checkedForDeparted: 'oidc_password_checks_total{for="departed"}',
  waiting: 'oidc_password_checks_pending',
  cpu: 'process_cpu_seconds_total',
  started: 'process_start_time_seconds',
} as const;

/** What a provider told of itself at a moment (Date.now()). */
export type Look = Readonly<Record<keyof typeof SERIES, number>> & { readonly at: number };

/** Reads a provider's counters, without any code of stormtest; undefined when it does not answer within two seconds. */
export async function lookAt({ url }: OidcProvider): Promise<Look | undefined> {
  const page = fetch(`${url}/metrics`, { signal: AbortSignal.timeout(2_000) }).then((answer) => answer.text());
  const text = await page.catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  const readingOf = (series: string) =>
    Number(
      lines
        .find((line) => line.startsWith(`${series} `))
        ?.split(' ')
        .at(-1),
    );
  const values = Object.entries(SERIES).map(([name, series]) => [name, readingOf(series)]);
  return { at: Date.now(), ...Object.fromEntries(values) } as Look;
}

/** Looks at a provider twice a second until told to stop, and gives all that was seen. */
export function watching(provider: OidcProvider): { stop(): Promise<readonly Look[]> } {
  const looks: Look[] = [];
  let watched = true;
  const seen = (async () => {
    for (; watched; await sleep(500)) {
      const look = await lookAt(provider);
      if (look) looks.push(look);
    }
    return looks;
  })();
  return {
    stop() {
      watched = false;
      return seen;
    },
  };
}
