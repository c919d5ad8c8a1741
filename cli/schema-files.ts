import { writeFileSync } from 'node:fs';
import { configJsonSchema } from './config-shape.ts';

/** Writes the JSON Schema of the configuration, which editors follow; `npm run schema` calls it. */
writeFileSync(
  new URL('../../schema/stormtest.config.schema.json', import.meta.url),
  `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`,
);
