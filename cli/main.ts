#!/usr/bin/env node
import { EXIT } from '../core/exit.ts';
import { answerTo } from './command-line.ts';
import { processConsole } from './console.ts';

/** The entry of the program, and the only place that ends it. */
let undelivered = false;
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  // A reader that has had enough (head) is no error of ours, and changes nothing of what is answered.
  if (code !== 'EPIPE') undelivered = true;
});
// A terminal that was closed takes no more words; what is to be put back is put back all the same.
process.stderr.on('error', () => {});
const code = await answerTo(process.argv.slice(2), { console: processConsole(process.env), env: process.env });
// What was printed is on its way, or has failed, when this comes back.
await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
process.exit(undelivered ? EXIT.broken : code);
