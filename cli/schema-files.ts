import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configJsonSchema } from './config-shape.ts';

/** Writes the JSON Schema of the configuration, which editors follow; `npm run schema` calls it. */
const file = fileURLToPath(new URL('../../schema/stormtest.config.schema.json', import.meta.url));
writeFileSync(file, JSON.stringify(configJsonSchema(), undefined, 2));
// In the form of everything else here.
execFileSync('npx', ['biome', 'format', '--write', file], { stdio: 'inherit' });
