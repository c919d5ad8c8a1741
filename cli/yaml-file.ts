import { readFileSync } from 'node:fs';
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { Mistakes } from '../core/mistake.ts';

/** A YAML file that was read. */
interface YamlFile {
  readonly written: unknown;
  readonly placeOf: PlaceOf;
}

/** Puts file, line and column before a path such as `targets.staging.operations.login[0].expect`. */
export type PlaceOf = (path: string) => string;

/** Reads a YAML file; throws Mistakes with file, line and column. */
export function parsedYaml(file: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(textOf(file), { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    // An empty file has no line at all.
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  if (document.errors.length > 0)
    throw new Mistakes(document.errors.map(({ pos: [from], message }) => ({ where: at(from), what: message })));
  const placeOf = (path: string) =>
    `${at(offsetOf(document.contents, path, startOf(document.contents) ?? 0))} ${path}`.trim();
  return { written: dataOf(file, document), placeOf };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw Mistakes.of('--config', `cannot read ${file}: ${code}`, 'stormtest init writes one');
  }
}

function dataOf(file: string, document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // Aliases that multiply, or that lead nowhere.
    throw Mistakes.of(file, (error as Error).message, 'write out what the aliases stand for');
  }
}

/** Where the key or the item of a path stands, or the innermost one above it that is there. */
function offsetOf(node: unknown, path: string, above: number): number {
  if (isSeq(node)) {
    const [, index, rest = ''] = /^\[(\d+)\]\.?(.*)$/s.exec(path) ?? [];
    const item = index === undefined ? undefined : node.items[Number(index)];
    return item === undefined ? above : offsetOf(item, rest, startOf(item) ?? above);
  }
  if (!isMap(node)) return above;
  const [found] = node.items
    .map(({ key, value }) => ({ key, value, name: isScalar(key) ? String(key.value) : '' }))
    .filter(({ name }) => name !== '' && (path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`)))
    // Names may hold dots themselves: the longest that fits is meant.
    .toSorted((a, b) => b.name.length - a.name.length);
  if (!found) return above;
  return offsetOf(found.value, path.slice(found.name.length).replace(/^\./, ''), startOf(found.key) ?? above);
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null)?.range?.[0];
}
