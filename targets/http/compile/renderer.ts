import { Failure } from '../../../core/failure.ts';
import { Mistakes } from '../../../core/mistake.ts';
import type { Encoding } from './encoding.ts';
import type { Slot, Values } from './scope.ts';
import { type Site, tell } from './site.ts';
import { parseTemplate, type Template } from './template.ts';

/** A text with slots, ready to be filled as often as needed. */
export interface Renderer {
  /** The text itself, when it has no slots. */
  readonly constant: string | undefined;
  render(values: Values): string;
}

/** A text in which all that is constant has been encoded already. */
export type Encoded = readonly (string | Slot)[];

/** Reads a text with slots for one kind of place. */
export function rendererOf(text: string, encoding: Encoding, site: Site): Renderer {
  return assemble(encode(parseTemplate(text, site), encoding, site), encoding, site.path);
}

/** Encodes what is constant in a template. */
export function encode(template: Template, encoding: Encoding, site: Site): Encoded {
  return template.map((part) => {
    if (typeof part !== 'string' && 'register' in part) return part;
    const encoded = typeof part === 'string' ? encoding.literal(part) : encoding.value(part.value);
    if (encoded !== undefined) return encoded;
    const who = typeof part === 'string' ? 'the text' : `\${${part.name}}`;
    tell(site, `${who} holds characters that ${encoding.place} cannot carry`, 'leave them out, or encode them');
    return '';
  });
}

/** Makes one renderer of constant text and slots; `path` names it when a value cannot be carried. */
export function assemble(encoded: Encoded, encoding: Encoding, path: string): Renderer {
  const pieces: { readonly before: string; readonly slot: Slot }[] = [];
  let tail = '';
  for (const part of encoded) {
    if (typeof part === 'string') tail += part;
    else {
      pieces.push({ before: tail, slot: part });
      tail = '';
    }
  }
  if (pieces.length === 0) return { constant: tail, render: () => tail };
  return {
    constant: undefined,
    render(values) {
      let text = '';
      for (const { before, slot } of pieces)
        text += before + (encoding.value(valueIn(values, slot)) ?? uncarried(slot, encoding, path));
      return text + tail;
    },
  };
}

/** The value of a slot; that it has none is a bug of the journey, which called operations out of order. */
export function valueIn(values: Values, { name, register }: Slot): string {
  const value = values[register];
  if (value === undefined) throw new Error(`\${${name}} is used before the operation that captures it`);
  return value;
}

/** The target is to blame for what was captured from it, the user for the people. Neither message shows the value. */
function uncarried({ name, fromTarget }: Slot, { place }: Encoding, path: string): never {
  const what = `\${${name}} holds characters that ${place} cannot carry`;
  if (fromTarget) throw new Failure('protocol', `${path}: ${what}`);
  throw Mistakes.of(path, what, 'leave them out of the people, or put the value elsewhere');
}
