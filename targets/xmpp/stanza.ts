import { SaxesParser, type SaxesTagNS } from 'saxes';
import { Failure } from '../../core/failure.ts';

/** One XML element of a stream. */
export interface Stanza {
  /** Without a prefix. */
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Stanza[];
  /** All text directly inside, put together. */
  readonly text: string;
}

/** Deeper ones are nobody's stanza. */
const DEEPEST = 64;

/**
 * Reads the one element that a message is (RFC 7395, 3.3). What XMPP forbids is refused (RFC 6120, 11.1): comments,
 * processing instructions, and document types, so that nothing can be expanded. Throws a Failure of kind `protocol`.
 */
export function parseStanza(text: string): Stanza {
  let root: Growing | undefined;
  const open: Growing[] = [];
  const parser = new SaxesParser({ xmlns: true });
  const refuse = (what: string) => () => {
    throw unreadable(what);
  };
  parser.on('error', ({ message }) => {
    throw unreadable(message);
  });
  parser.on('doctype', refuse('a document type'));
  parser.on('comment', refuse('a comment'));
  parser.on('processinginstruction', refuse('a processing instruction'));
  parser.on('opentag', (tag) => {
    if (open.length >= DEEPEST) throw unreadable(`more than ${DEEPEST} elements in each other`);
    const stanza = grown(tag);
    const parent = open.at(-1);
    if (parent) parent.children.push(stanza);
    else root = stanza;
    open.push(stanza);
  });
  parser.on('closetag', () => void open.pop());
  const add = (characters: string) => {
    const current = open.at(-1);
    if (current) current.text += characters;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(text).close();
  if (!root) throw unreadable('no element');
  return root;
}

/** The first child of a name, and of a namespace where that matters. */
export function childOf({ children }: Stanza, name: string, namespace?: string): Stanza | undefined {
  return children.find((child) => child.name === name && (namespace === undefined || child.namespace === namespace));
}

interface Growing extends Stanza {
  readonly children: Stanza[];
  text: string;
}

function grown({ local, uri, attributes }: SaxesTagNS): Growing {
  const values = Object.entries(attributes).map(([name, { value }]) => [name, value]);
  return { name: local, namespace: uri, attributes: Object.fromEntries(values), children: [], text: '' };
}

/** What came is not repeated: it may hold anything. */
function unreadable(what: string): Failure {
  return new Failure('protocol', `XMPP: a message that is no stanza: ${what.replace(/^\d+:\d+: /, '')}`);
}
