/** What stands in a page before any script of it has run; as much of HTML as tells what people can do there. */
export interface PageText {
  readonly elements: readonly Element[];
  readonly scripts: readonly PageScript[];
}

/** One element, by its opening tag. */
export interface Element {
  /** In lower case. */
  readonly tag: string;
  /** Names in lower case; those without a value are empty. */
  readonly attributes: Readonly<Record<string, string>>;
  /** What is written right behind its tag. */
  readonly text: string;
}

/** A script that is written in the page, or named there. */
export interface PageScript {
  readonly src: string | undefined;
  readonly text: string;
}

/** No tag of a page that anybody has written is longer; what is longer is not looked at. */
const LONGEST_TAG = 2_000;
const LONGEST_TEXT = 200;

/** Reads a page in one pass, however it was written: what is no HTML has no elements. */
export function pageIn(html: string): PageText {
  const scripts: { src: string | undefined; parts: string[] }[] = [];
  const elements: Element[] = [];
  let inside: 'script' | 'style' | undefined;
  for (const part of withoutComments(html).split('<').slice(1)) {
    // It goes on until its own end, whatever stands in it.
    if (inside && !part.toLowerCase().startsWith(`/${inside}`)) {
      if (inside === 'script') scripts.at(-1)?.parts.push('<', part);
      continue;
    }
    inside = undefined;
    const end = part.indexOf('>');
    const tag = /^[a-z][a-z\d-]*/i.exec(part)?.[0].toLowerCase();
    if (tag === undefined || end < 0 || end > LONGEST_TAG) continue;
    const attributes = attributesIn(part.slice(tag.length, end));
    const text = part.slice(end + 1);
    if (tag === 'script' || tag === 'style') inside = tag;
    if (tag === 'script') scripts.push({ src: attributes.src, parts: [text] });
    else if (tag !== 'style') elements.push({ tag, attributes, text: text.trim().slice(0, LONGEST_TEXT) });
  }
  return { elements, scripts: scripts.map(({ src, parts }) => ({ src, text: parts.join('') })) };
}

function withoutComments(html: string): string {
  const [first = '', ...others] = html.split('<!--');
  // One that is never ended goes on to the end of the page.
  return first + others.map((part) => (part.includes('-->') ? part.slice(part.indexOf('-->') + 3) : '')).join('');
}

function attributesIn(text: string): Record<string, string> {
  const found = text.matchAll(/([a-z][\w:.-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?/gi);
  return Object.fromEntries(
    [...found].map(([, name = '', double, single, bare]) => [name.toLowerCase(), double ?? single ?? bare ?? '']),
  );
}
