import { printable } from '../printable.ts';

/** HTML or SVG that is safe to stand in a page: made by `html`, which escapes what it is given. */
export interface Markup {
  readonly markup: string;
}

/** What may fill a hole in a template; undefined and false leave it empty. */
export type Content = Markup | string | number | undefined | false | readonly Content[];

/**
 * A template of markup: whatever is put in that is not markup already is escaped, in text and in attributes alike. Line
 * breaks of the template beside tags are layout of the source and left out; others become a blank.
 */
export function html(parts: TemplateStringsArray, ...holes: readonly Content[]): Markup {
  let markup = '';
  parts.forEach((part, place) => {
    markup += onOneLine(part) + written(holes[place]);
  });
  return { markup };
}

const kept = new Map<string, string>();

/** Templates are few and used often. */
function onOneLine(part: string): string {
  let line = kept.get(part);
  if (line === undefined) {
    line = part.replace(/(?<=>)\n\s*|\n\s*(?=<)/g, '').replace(/\n\s*/g, ' ');
    kept.set(part, line);
  }
  return line;
}

/** Nothing. */
export const nothing: Markup = { markup: '' };

function written(content: Content): string {
  if (content === undefined || content === false) return '';
  if (typeof content === 'number') return String(content);
  if (typeof content === 'string') return escaped(content);
  if (isList(content)) return content.map(written).join('');
  return content.markup;
}

function isList(content: Markup | readonly Content[]): content is readonly Content[] {
  return Array.isArray(content);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return unbroken(printable(text)).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Keeps numbers and their units on one line. */
function unbroken(text: string): string {
  return text.replace(/(\d) (?=(?:%|[mkMGT]?[sB]|min|h)(?!\w))/g, '$1\u00a0');
}
