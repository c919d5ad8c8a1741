import { pickCores } from '../cores.ts';
import { tableLines } from '../table.ts';
import { measureRelay } from './measure.ts';

/*
 * Measures the relay alone: node bench/dist/bench/relay/main.js [seconds of a trial (3)]
 */
const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort(new Error(name)));
const tell = (line: string) => void process.stderr.write(`${line}\n`);
const [seconds = 3] = process.argv.slice(2).map(Number);
process.stdout.write(
  `${tableLines(await measureRelay({ seconds, cores: pickCores(), signal: stopping.signal, tell })).join('\n')}\n`,
);
process.exit(0);
