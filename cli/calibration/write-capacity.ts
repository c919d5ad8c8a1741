import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { Mistakes } from '../../core/mistake.ts';
import type { OperationClass } from '../../core/profile.ts';

/**
 * Puts the capacity of a class into the text of a configuration: everything else stays as it is to the last blank. The
 * comment goes behind it where a line of its own is added. Throws Mistakes when the target is not written out there.
 */
export function withCapacity(
  text: string,
  target: string,
  name: OperationClass,
  value: number,
  comment: string,
): string {
  const declared = parseDocument(text).getIn(['targets', target], true);
  if (!isMap(declared))
    throw Mistakes.of(`targets.${target}`, 'is not written out in the configuration', 'write it down by hand');
  const edited = edit(text, declared, name, value, comment);
  const told = parseDocument(edited).getIn(['targets', target, 'capacity', name]);
  if (told !== value) throw new Error(`the capacity of ${target} was written, and reads ${String(told)}`);
  return edited;
}

function edit(text: string, declared: YAMLMap, name: string, value: number, comment: string): string {
  const capacity = declared.get('capacity', true);
  if (!isMap(capacity)) {
    const whole = `capacity: { ${name}: ${value} }`;
    return declared.has('capacity')
      ? replaced(text, declared, 'capacity', `{ ${name}: ${value} }`)
      : inserted(text, declared, whole, comment);
  }
  if (capacity.has(name)) return replaced(text, capacity, name, String(value));
  return inserted(text, capacity, `${name}: ${value}`, comment);
}

/** Puts a value in the place of another one. */
function replaced(text: string, map: YAMLMap, key: string, value: string): string {
  const [from, to] = map.items.map((pair) => valueRange(pair, key)).find((range) => range !== undefined) ?? [];
  if (from === undefined || to === undefined) throw new Error(`there is no ${key} to be replaced`);
  return text.slice(0, from) + value + text.slice(to);
}

function valueRange({ key, value }: Pair, name: string): readonly [number, number] | undefined {
  if (!isScalar(key) || key.value !== name) return undefined;
  const range = (value as { range?: readonly [number, number, number] | null } | null)?.range;
  return range ? [range[0], range[1]] : undefined;
}

/** Puts a field before the first one of a mapping; a line of its own where the mapping has lines. */
function inserted(text: string, map: YAMLMap, field: string, comment: string): string {
  const [begin = 0] = map.range ?? [];
  if (map.flow) {
    const rest = map.items.length > 0 ? `${field},` : `${field} `;
    return `${text.slice(0, begin + 1)} ${rest}${text.slice(begin + 1)}`;
  }
  const indent = text.slice(text.lastIndexOf('\n', begin - 1) + 1, begin);
  return `${text.slice(0, begin)}${field} # ${comment}\n${indent}${text.slice(begin)}`;
}
