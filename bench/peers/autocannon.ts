import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { BODY } from '../server/answer.ts';
import { CONNECTIONS, type Peer, type Told } from './peer.ts';

/** autocannon; asked for a rate it spreads requests over its connections, each of which waits for its answers. */
export function autocannon(entry: string): Peer {
  const { version } = JSON.parse(readFileSync(join(dirname(entry), 'package.json'), 'utf8')) as { version: string };
  return {
    name: 'autocannon',
    version,
    model: 'closed',
    command({ url, rate, seconds }) {
      const load = ['-c', String(CONNECTIONS), '-d', String(seconds), ...(rate ? ['-R', String(rate)] : [])];
      const request = ['-m', 'POST', '-H', 'content-type=application/json', '-b', BODY];
      return [process.execPath, entry, '--json', ...load, ...request, url];
    },
    told: ({ rate, seconds }, { stdout }) => toldByAutocannon(stdout, rate === undefined ? undefined : rate * seconds),
  };
}

/** Where autocannon's entry is; undefined when it is not installed. */
export function autocannonEntry(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('autocannon');
  } catch {
    return undefined;
  }
}

/** Reads what autocannon prints with `--json`. */
export function toldByAutocannon(text: string, held: number | undefined): Told {
  const told = JSON.parse(text) as {
    readonly errors: number;
    readonly non2xx: number;
    readonly latency: { readonly p50: number; readonly p99: number; readonly max: number };
  };
  const { p50, p99, max } = told.latency;
  // Its errors hold its timeouts.
  return { held, failed: told.errors + told.non2xx, latency: { p50, p99, max } };
}
