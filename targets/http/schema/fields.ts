import * as z from 'zod';
import type { Duration } from '../../../core/duration.ts';
import type { Json } from '../declaration.ts';

/**
 * The kinds of field a declaration is made of. What is wrong with a value is found from the issue; the schemas' own
 * messages say how to write it instead.
 */
export function text(mend: string): z.ZodString {
  return z.string({ error: mend }).min(1, { error: mend });
}

/** A mapping with these fields and no others; fields that belong to a mapping of another kind may say so. */
export function mapping<
  Shape extends z.core.$ZodLooseShape,
  Others extends z.core.$ZodLooseShape = Record<never, never>,
>(shape: Shape, others?: Others): z.ZodObject<Shape & Others, z.core.$strict> {
  const known = Object.keys(shape).join(', ');
  return z.strictObject({ ...shape, ...(others as Others) }, { error: () => known });
}

/** A field that belongs to a mapping of another kind. */
export function elsewhere(mend: string): z.ZodExactOptional<z.ZodNever> {
  return z.never({ error: mend }).exactOptional().describe(`Not here: ${mend}.`);
}

/** A list of at least one thing. */
export function list<Item extends z.ZodType>(item: Item, mend: string): z.ZodArray<Item> {
  return z.array(item, { error: mend }).min(1, { error: mend });
}

/** Texts, numbers and switches by names that the user chooses. */
export function named<Value extends z.ZodType>(value: Value, mend: string): z.ZodRecord<z.ZodString, Value> {
  return z.record(z.string().min(1, { error: mend }), value, { error: mend });
}

/** A length of time. */
export function duration(mend: string): z.ZodType<Duration> {
  const written = z.string({ error: mend }).regex(/^\d+(?:\.\d+)?(?:ms|s|m|h)$/, { error: mend });
  return written as z.ZodType<string> as z.ZodType<Duration>;
}

/** How to talk TLS. */
export const trust = mapping({
  insecure: z
    .boolean({ error: 'true or false' })
    .exactOptional()
    .describe('Accepts any certificate, for what signs its own.'),
}).describe('How to talk TLS.');

/** What YAML reads from an unquoted word. */
export const scalar = z.union([z.string(), z.number(), z.boolean()], { error: 'a text, a number, true or false' });

const DEEPEST = 64;

/** Anything JSON can hold. */
export const json = z.custom<Json>((value) => isJson(value, DEEPEST), {
  error: `plain data: texts, finite numbers, true, false, null, lists and mappings, at most ${DEEPEST} deep`,
  abort: true,
});

/** YAML has more than JSON: infinite numbers, dates, and with anchors lists that hold themselves. */
function isJson(value: unknown, deepest: number): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || deepest === 0) return false;
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).every((inner) => isJson(inner, deepest - 1));
}
