import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { builtVersion } from '../project.ts';
import { BODY } from '../server/answer.ts';
import type { Peer, Told } from './peer.ts';

/** vegeta: its attack alone is accounted; making a report of the results is not. */
export function vegeta(program: string): Peer {
  return {
    name: 'vegeta',
    version: builtVersion('vegeta', 'github.com/tsenart/vegeta/v12') ?? 'unknown',
    model: 'open',
    command({ url, rate, seconds, atOnce, folder }) {
      const [targets, body, results] = ['targets', 'body', 'results'].map((name) => join(folder, name)) as Files;
      writeFileSync(targets, `POST ${url}\ncontent-type: application/json\n`);
      writeFileSync(body, BODY);
      const load = [`-rate=${rate}/1s`, `-duration=${seconds}s`, ...(atOnce ? [`-max-workers=${atOnce}`] : [])];
      return [program, 'attack', ...load, `-targets=${targets}`, `-body=${body}`, `-output=${results}`];
    },
    async told({ rate = 0, seconds, folder }) {
      const { stdout } = await promisify(execFile)(program, ['report', '-type=json', join(folder, 'results')]);
      return toldByVegeta(stdout, rate * seconds);
    },
  };
}

type Files = [targets: string, body: string, results: string];

/** Reads the JSON of `vegeta report -type=json`. */
export function toldByVegeta(text: string, held: number): Told {
  const { latencies, requests, success } = JSON.parse(text) as {
    readonly latencies: { readonly '50th': number; readonly '99th': number; readonly max: number };
    readonly requests: number;
    readonly success: number;
  };
  const milliseconds = (nanoseconds: number) => nanoseconds / 1e6;
  return {
    held,
    failed: Math.round(requests * (1 - success)),
    latency: {
      p50: milliseconds(latencies['50th']),
      p99: milliseconds(latencies['99th']),
      max: milliseconds(latencies.max),
    },
  };
}
