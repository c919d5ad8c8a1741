/** Escapes, groups and classes: where Go's regular expressions and JavaScript's may differ. */
const CONSTRUCT = /\\x\{[\da-f]+\}|\\[pP][A-Z]|\\[\s\S]|\(\?(?:P?<(?![=!])|:|.{0,2})|\[:\^?\w+:\]/gi;

/** JavaScript lets only signs with a meaning be escaped, Go every sign of ASCII. */
const ESCAPED_SIGN = /^\\[^a-zA-Z\d\u0080-\uffff]$/;
const KEPT = /^\\[dDwWsSbBnrtfvxpP]$/;

/**
 * Compiles a regular expression of PromQL, which has to match a whole value and whose dot matches line feeds too. It is
 * of Go's dialect (RE2): what JavaScript has for the same meaning is put in its place. Throws a SyntaxError for what
 * Go's dialect lacks (look-around, back references), for what JavaScript's lacks, and for what neither reads.
 */
export function anchored(pattern: string): RegExp {
  const ignoresCase = pattern.startsWith('(?i)');
  const body = ignoresCase ? pattern.slice('(?i)'.length) : pattern;
  return new RegExp(`^(?:${body.replace(CONSTRUCT, translated)})$`, ignoresCase ? 'isu' : 'su');
}

function translated(construct: string): string {
  if (/^\\x\{/i.test(construct)) return `\\u${construct.slice(2)}`;
  if (/^\\[pP][A-Z]$/.test(construct)) return `${construct.slice(0, 2)}{${construct.slice(2)}}`;
  if (ESCAPED_SIGN.test(construct)) return `\\u{${construct.charCodeAt(1).toString(16)}}`;
  if (/^\(\?P?<$/.test(construct)) return '(?<';
  if (construct === '(?:' || KEPT.test(construct)) return construct;
  throw new SyntaxError(`"${construct}" cannot be used here`);
}
