import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BODY } from '../server/answer.ts';
import type { Peer, Told } from './peer.ts';

/** k6 with the plainest script there is: nothing is checked, and answers are thrown away unread. */
export function k6(program: string): Peer {
  return {
    name: 'k6',
    version: execFileSync(program, ['version'], { encoding: 'utf8' }).split(/\s+/)[1] ?? 'unknown',
    model: 'open',
    command({ url, rate = 0, seconds, folder }) {
      const script = join(folder, 'script.js');
      writeFileSync(script, scriptOf(url, rate, seconds));
      return [program, 'run', '--quiet', '--no-color', '--no-usage-report', script];
    },
    told: (_, { stdout }) => toldByK6(stdout),
  };
}

/** Virtual users as its manual counts them for a quick server, with room for one that is ten times as slow. */
function scriptOf(url: string, rate: number, seconds: number): string {
  const scenario = {
    executor: 'constant-arrival-rate',
    rate,
    timeUnit: '1s',
    duration: `${seconds}s`,
    preAllocatedVUs: Math.max(50, rate / 20),
    maxVUs: Math.max(500, rate / 2),
    gracefulStop: '10s',
  };
  const options = {
    discardResponseBodies: true,
    summaryTrendStats: ['med', 'p(99)', 'max'],
    scenarios: { load: scenario },
  };
  return `import http from 'k6/http';
export const options = ${JSON.stringify(options)};
const params = { headers: { 'content-type': 'application/json' } };
export default () => { http.post(${JSON.stringify(url)}, ${JSON.stringify(BODY)}, params); };
export const handleSummary = ({ metrics }) => ({ stdout: JSON.stringify(metrics) });
`;
}

/** Reads the metrics that the script's handleSummary prints. */
export function toldByK6(text: string): Told {
  const metrics = JSON.parse(text) as Readonly<Record<string, { readonly values: Readonly<Record<string, number>> }>>;
  const value = (metric: string, name: string): number => {
    const found = metrics[metric]?.values[name];
    if (found === undefined) throw new Error(`k6 tells no ${name} of ${metric}`);
    return found;
  };
  const dropped = metrics.dropped_iterations?.values.count ?? 0;
  return {
    held: value('iterations', 'count') + dropped,
    failed: dropped + value('http_req_failed', 'passes'),
    latency: {
      p50: value('http_req_duration', 'med'),
      p99: value('http_req_duration', 'p(99)'),
      max: value('http_req_duration', 'max'),
    },
  };
}
