import { Mistakes } from '../core/mistake.ts';

/** Gives back a name that can go into the path of a URL as it is, because it means nothing else there; throws Mistakes. */
export function checkedName(what: string, name: string): string {
  if (/^[\w.-]+$/.test(name) && name !== '.' && name !== '..') return name;
  throw Mistakes.of(what, `"${name}" cannot be its name`, 'use letters, digits, dots, hyphens and underscores');
}
