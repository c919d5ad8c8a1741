import { nearest } from '../../../core/nearest.ts';
import type { Slot } from './scope.ts';
import { type Site, tell } from './site.ts';

/** A text with slots, taken apart: literal text, values of the environment, and slots that are filled per use. */
export type Template = readonly (string | FromEnvironment | Slot)[];

interface FromEnvironment {
  readonly name: string;
  readonly value: string;
}

/** `$${` stands for a literal `${`; the last alternative is a slot that nobody closed. */
const SLOT = /\$\$\{|\$\{([^{}]*)\}|\$\{/g;

type TextSite = Pick<Site, 'path' | 'mistakes' | 'scope'>;

/** Reads a text with slots; each slot has to be known at this place. */
export function parseTemplate(text: string, site: TextSite): Template {
  const parts: (string | FromEnvironment | Slot)[] = [];
  let literal = '';
  let from = 0;
  for (const match of text.matchAll(SLOT)) {
    literal += text.slice(from, match.index);
    from = match.index + match[0].length;
    if (match[0] === '$${') literal += '${';
    else if (match[1] === undefined) tell(site, 'a slot is not closed', `write \${name}, and $\${ for a literal \${`);
    else {
      if (literal !== '') parts.push(literal);
      parts.push(...partOf(match[1].trim(), site));
      literal = '';
    }
  }
  literal += text.slice(from);
  return literal === '' ? parts : [...parts, literal];
}

/** True when a text would be taken for more than its letters. */
export function holdsSlots(text: string): boolean {
  return text.includes('${');
}

/** The part that a slot stands for; none when nothing is known of it. */
function partOf(name: string, site: TextSite): [FromEnvironment | Slot] | [] {
  const { known } = site.scope;
  if (name.startsWith('env.')) return variable(name, site);
  const slot = known.get(name);
  if (slot) return [slot];
  const meant = nearest(name, [...known.keys()]);
  const mend = meant ? `did you mean \${${meant}}?` : `known here: ${[...known.keys(), 'env.NAME'].join(', ')}`;
  tell(site, `\${${name}} is not known here`, mend);
  return [];
}

function variable(name: string, site: TextSite): [FromEnvironment] | [] {
  const { environment, mentioned } = site.scope;
  const variableName = name.slice('env.'.length);
  const value = environment[variableName];
  if (value === undefined || value === '') {
    tell(site, `the environment variable ${variableName} is not set`, `export ${variableName}=…`);
    return [];
  }
  mentioned.set(variableName, value);
  return [{ name, value }];
}
