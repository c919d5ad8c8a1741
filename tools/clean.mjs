import { rmSync } from 'node:fs';

/** Removes what an earlier build left: `node tools/clean.mjs dist`. */
for (const folder of process.argv.slice(2)) rmSync(folder, { recursive: true, force: true });
