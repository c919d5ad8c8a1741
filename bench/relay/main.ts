import { pickCores } from '../cores.ts';
import { tableLines } from '../table.ts';
import { measureRelay } from './measure.ts';

/*
 * Measures the relay alone: node bench/dist/bench/relay/main.js [seconds of a trial (3)] [rounds (3)]
 */
const [seconds = 3, rounds = 3] = process.argv.slice(2).map(Number);
const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort(new Error(name)));
const tell = (line: string) => void process.stderr.write(`${line}\n`);
const table = await measureRelay({ seconds, rounds, cores: pickCores(), signal: stopping.signal, tell });
process.stdout.write(`${tableLines(table).join('\n')}\n`);
process.exit(0);
