#!/usr/bin/env node
import { EXIT } from '../core/exit.ts';
import { answerTo } from './command-line.ts';
import { processConsole } from './console.ts';

/** The entry of the program, and the only place that ends it. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has had enough (head, a closed pipe) is no error of ours.
  process.exit(error.code === 'EPIPE' ? EXIT.survived : EXIT.broken);
});
process.exit(await answerTo(process.argv.slice(2), { console: processConsole(process.env), env: process.env }));
