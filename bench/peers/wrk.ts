import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BODY } from '../server/answer.ts';
import { CONNECTIONS, type Peer, type Told } from './peer.ts';

/** wrk, which knows no rate: it asks again as soon as it is answered. */
export function wrk(program: string): Peer {
  // It answers with its usage, and code 1.
  const [, version = 'unknown'] = /^wrk (\S+)/.exec(spawnSync(program, ['-v'], { encoding: 'utf8' }).stdout) ?? [];
  return {
    name: 'wrk',
    version,
    model: 'closed',
    command({ url, seconds, folder }) {
      const script = join(folder, 'post.lua');
      writeFileSync(
        script,
        `wrk.method = "POST"\nwrk.body = '${BODY}'\nwrk.headers["content-type"] = "application/json"\n`,
      );
      const load = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '--latency', '--timeout', '10s'];
      return [program, ...load, '-s', script, url];
    },
    told: (_, { stdout }) => toldByWrk(stdout),
  };
}

/** Reads what wrk prints with `--latency`. */
export function toldByWrk(text: string): Told {
  const found = (pattern: RegExp): string => {
    const [, value] = pattern.exec(text) ?? [];
    if (value === undefined) throw new Error(`wrk prints nothing like ${pattern}: ${text.slice(0, 500)}`);
    return value;
  };
  const socketErrors =
    /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text)?.slice(1) ?? [];
  const badStatus = /Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0;
  return {
    held: undefined,
    failed: [...socketErrors, badStatus].reduce<number>((sum, count) => sum + Number(count), 0),
    latency: {
      p50: millisecondsOf(found(/^\s+50%\s+(\S+)$/m)),
      p99: millisecondsOf(found(/^\s+99%\s+(\S+)$/m)),
      max: millisecondsOf(found(/^\s+Latency\s+\S+\s+\S+\s+(\S+)/m)),
    },
  };
}

const UNITS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1_000, m: 60_000 };

function millisecondsOf(text: string): number {
  const [, amount, unit = ''] = /^([\d.]+)(us|ms|s|m)$/.exec(text) ?? [];
  const factor = UNITS[unit];
  if (amount === undefined || factor === undefined) throw new Error(`wrk prints a time nobody knows: ${text}`);
  return Number(amount) * factor;
}
