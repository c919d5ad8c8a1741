import type { Json, MessagePattern } from '../declaration.ts';
import { jsonOf, type Received } from '../received.ts';
import { RAW } from './encoding.ts';
import { checkName, isList } from './json-text.ts';
import { rendererOf } from './renderer.ts';
import type { Values } from './scope.ts';
import { at, type Site } from './site.ts';

/** Tells whether a JSON value is what was described. */
export type ValueTest = (value: unknown, values: Values) => boolean;

/** Tells whether a text is what was described. */
export type TextTest = (received: Received, values: Values) => boolean;

/**
 * Reads a description of JSON: fields that are named must match and others do not matter, lists match item by item, and
 * a text with slots also matches a number that reads the same.
 */
export function valueTest(pattern: Json, site: Site): ValueTest {
  if (typeof pattern === 'string') return stringTest(pattern, site);
  if (typeof pattern !== 'object' || pattern === null) return (value) => value === pattern;
  if (isList(pattern)) {
    const items = pattern.map((item, index) => valueTest(item, at(site, index)));
    return (value, values) =>
      Array.isArray(value) && value.length === items.length && items.every((test, i) => test(value[i], values));
  }
  const fields = Object.entries(pattern).map(([name, field]) => {
    checkName(name, site);
    return { name, test: valueTest(field, at(site, name)) };
  });
  return (value, values) => isObject(value) && fields.every(({ name, test }) => holds(value, name, test, values));
}

/** Reads a description of a text: a text is contained in it, anything else describes its JSON. */
export function textTest(pattern: MessagePattern, site: Site): TextTest {
  if (typeof pattern === 'string') {
    const { render } = rendererOf(pattern, RAW, site);
    return ({ text }, values) => text.includes(render(values));
  }
  const test = valueTest(pattern, site);
  return (received, values) => test(jsonOf(received), values);
}

function stringTest(pattern: string, site: Site): ValueTest {
  const { constant, render } = rendererOf(pattern, RAW, site);
  if (constant !== undefined) return (value) => value === constant;
  return (value, values) => (typeof value === 'number' ? String(value) : value) === render(values);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function holds(value: Readonly<Record<string, unknown>>, name: string, test: ValueTest, values: Values): boolean {
  return Object.hasOwn(value, name) && test(value[name], values);
}
