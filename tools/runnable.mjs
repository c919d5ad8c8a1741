import { chmodSync } from 'node:fs';

/**
 * Lets programs that were built be run by their names: `node tools/runnable.mjs dist/cli/main.js`. npm does so when it links them
 * for the first time, and not again when they were built anew.
 */
for (const file of process.argv.slice(2)) chmodSync(file, 0o755);
