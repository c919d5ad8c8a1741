import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

/** Programs the tests use for real when they are there; tools/install brings them all. */
const PARTS = {
  prometheus: { program: 'prometheus' },
  chromium: { program: 'chromium' },
  nginx: { program: 'nginx' },
  prosody: { program: 'prosody' },
  janus: { program: 'janus' },
  mariadbd: { program: 'mariadbd' },
  'mysql-login': { program: 'mysql-login' },
  toxiproxy: { program: 'toxiproxy-server' },
  'toxiproxy-cli': { program: 'toxiproxy-cli' },
  livekit: { program: 'livekit-server' },
} as const;

/** Where tools/install puts what it builds. */
const BUILT = fileURLToPath(new URL('../../.real-parts', import.meta.url));

type Part = keyof typeof PARTS;

/**
 * Describes tests that need a real part. Without it they are skipped by name, and fail when STORMTEST_REQUIRE_REAL is 1,
 * as in CI.
 */
export function describeWith(part: Part, name: string, tests: () => void): void {
  const lack = lackOf(part);
  const required = process.env.STORMTEST_REQUIRE_REAL === '1';
  describe.skipIf(lack !== undefined && !required)(lack === undefined ? name : `${name} (needs ${lack})`, tests);
}

/** What is missing here for tests with a part. */
function lackOf(part: Part): string | undefined {
  if (pathOf(part) === undefined) return part;
  return part === 'janus' && !canMakeNetworks() ? 'the right to make network namespaces' : undefined;
}

/** Whether a network of one's own can be made here, with devices as Janus needs them. */
function canMakeNetworks(): boolean {
  const made = 'ip link set lo up && ip link add storm type veth peer name storm-end';
  return spawnSync('unshare', ['--net', 'sh', '-c', made], { stdio: 'ignore' }).status === 0;
}

/** Where a part is, or undefined. */
export function pathOf(part: Part): string | undefined {
  const { program } = PARTS[part];
  try {
    const path = execFileSync('sh', ['-c', `command -v ${program} || command -v /usr/sbin/${program}`], {
      encoding: 'utf8',
      env: { ...process.env, PATH: [BUILT, process.env.PATH].join(delimiter) },
    }).trim();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}
