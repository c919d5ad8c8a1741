/** Whether something that was read, from YAML or JSON, is a mapping of names to values: neither a list nor a plain value. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
