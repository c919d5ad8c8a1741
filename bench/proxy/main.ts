import { pickCores } from '../cores.ts';
import { measureProxies } from './measure.ts';
import { proxyTables } from './tables.ts';

/*
 * Measures the proxies alone: node bench/dist/bench/proxy/main.js [seconds of a trial (3)] [rounds (3)]
 */
const [seconds = 3, rounds = 3] = process.argv.slice(2).map(Number);
const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort(new Error(name)));
const tell = (line: string) => void process.stderr.write(`${line}\n`);
const measured = await measureProxies({ seconds, rounds, cores: pickCores(), signal: stopping.signal, tell });
for (const { title, columns, rows } of proxyTables(measured)) {
  for (const cells of [[title, ...columns], ...rows])
    process.stdout.write(`${cells.map((text, at) => (at === 0 ? text.padEnd(42) : text.padStart(14))).join('')}\n`);
  process.stdout.write('\n');
}
for (const why of measured.skipped) tell(why);
process.exit(0);
