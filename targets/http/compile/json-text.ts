import type { Json } from '../declaration.ts';
import { JSON_STRING } from './encoding.ts';
import { assemble, type Encoded, encode, type Renderer } from './renderer.ts';
import { at, type Site, tell } from './site.ts';
import { holdsSlots, parseTemplate } from './template.ts';

/** Writes a value as JSON text; slots stand in its strings, and what fills them stays inside the string. */
export function jsonText(value: Json, site: Site): Renderer {
  return assemble(partsOf(value, site), JSON_STRING, site.path);
}

/** Tells of a slot in a name, where it would not be filled. */
export function checkName(name: string, site: Site): void {
  if (holdsSlots(name)) tell(site, `a slot in the name "${name}" would not be filled`, 'use slots in values');
}

function partsOf(value: Json, site: Site): Encoded {
  if (typeof value === 'string') return ['"', ...encode(parseTemplate(value, site), JSON_STRING, site), '"'];
  if (typeof value !== 'object' || value === null) return [JSON.stringify(value)];
  if (isList(value)) {
    const items = value.flatMap((item, index) => [...separator(index), ...partsOf(item, at(site, index))]);
    return ['[', ...items, ']'];
  }
  const fields = Object.entries(value).flatMap(([name, field], index) => {
    checkName(name, site);
    return [...separator(index), JSON.stringify(name), ':', ...partsOf(field, at(site, name))];
  });
  return ['{', ...fields, '}'];
}

/** Array.isArray, for lists that are read-only. */
export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function separator(index: number): string[] {
  return index === 0 ? [] : [','];
}
