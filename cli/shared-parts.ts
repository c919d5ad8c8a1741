type JsonSchema = Readonly<Record<string, unknown>>;

/** Parts shorter than this many characters are clearer where they are used. */
const SHORT = 200;

/**
 * The same JSON Schema with each part that stands in it several times told once, in `$defs`: kinds of target have most of
 * their words in common, and an editor reads the whole file.
 */
export function withSharedParts(schema: JsonSchema): JsonSchema {
  const times = new Map<string, number>();
  count(schema, times);
  const names = new Map<string, string>();
  const defs: Record<string, unknown> = {};
  const put = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(put);
    if (typeof part !== 'object' || part === null) return part;
    const within = () => Object.fromEntries(Object.entries(part).map(([key, value]) => [key, put(value)]));
    const written = JSON.stringify(part);
    if (!isSchema(part) || written.length < SHORT || times.get(written) === 1) return within();
    const name = names.get(written) ?? `shared${names.size + 1}`;
    if (!names.has(written)) {
      names.set(written, name);
      defs[name] = within();
    }
    return { $ref: `#/$defs/${name}` };
  };
  const whole = put(schema) as JsonSchema;
  return { ...whole, $defs: defs };
}

/** How often each part stands in the schema; what is inside of one that was met before is not counted again. */
function count(part: unknown, times: Map<string, number>): void {
  if (typeof part !== 'object' || part === null) return;
  if (isSchema(part)) {
    const written = JSON.stringify(part);
    times.set(written, (times.get(written) ?? 0) + 1);
    if (times.get(written) !== 1) return;
  }
  for (const value of Object.values(part)) count(value, times);
}

/** Whether it is a schema by itself, and not a mapping of names to schemas. */
function isSchema(part: object): boolean {
  return ['type', 'anyOf', 'oneOf', 'allOf'].some((word) => {
    const value = (part as Readonly<Record<string, unknown>>)[word];
    return typeof value === 'string' || Array.isArray(value);
  });
}
