import * as z from 'zod';
import { mapping } from '../targets/http/schema/fields.ts';
import { describedJsonSchema } from './kinds.ts';
import { withSharedParts } from './shared-parts.ts';

const RATE = 'a number above 0, such as 300';
const DURATION = 'a length of time, such as 90s, 10m or 1h';
const HOSTS = 'a list of hosts, such as [staging.example.com]';

/** What a configuration file looks like; what is in a target is left to the target. Messages say how to write it right. */
export const configShape = mapping({
  targets: z
    .record(z.string(), z.unknown(), { error: 'systems under test by name; stormtest init writes an example' })
    .describe('Systems under test, by the name that --target calls them.'),
  owned: z
    .array(z.string({ error: HOSTS }), { error: HOSTS })
    .exactOptional()
    .describe('Hosts other than this machine that are yours to storm; like --i-own-this-target.'),
  caps: mapping({
    rate: z.number({ error: RATE }).positive({ error: RATE }).exactOptional().describe('Arrivals per second at most.'),
    duration: z
      .string({ error: DURATION })
      .regex(/^\d+(\.\d+)?(ms|s|m|h)$/, { error: DURATION })
      .exactOptional()
      .describe('Length of a run at most, the probe included: 10m.'),
  })
    .exactOptional()
    .describe('What no run may go beyond; needed for targets on other machines.'),
});

/** The JSON Schema of the configuration file, for editors. */
export function configJsonSchema(): Readonly<Record<string, unknown>> {
  const { properties = {}, ...whole } = z.toJSONSchema(configShape);
  const targets = { ...(properties.targets as object), additionalProperties: describedJsonSchema() };
  return withSharedParts({ title: 'stormtest configuration', ...whole, properties: { ...properties, targets } });
}
