import { parseAbsolute } from '../http/absolute.ts';
import { ADDRESS } from '../http/compile/encoding.ts';

/** Whose stream is meant. */
export interface Stream {
  readonly meeting: string;
  /** Their place among those who send in it, from 1 on. */
  readonly person: number;
}

/** Puts whose stream it is into a template. */
export function filled(template: string, { meeting, person }: Stream): string {
  const whole = template.replaceAll('{meeting}', encodeURIComponent(meeting)).replaceAll('{person}', String(person));
  return ADDRESS.literal(whole) ?? whole;
}

/** What is wrong with the words in braces of a template: those that mean nothing here. */
export function strangeSlots(template: string): readonly string[] {
  return (template.match(/\{[^{}]*\}?/g) ?? []).filter((slot) => slot !== '{meeting}' && slot !== '{person}');
}

/**
 * The address that a Location means (RFC 3986, 5), seen from the one that was asked; undefined where it is none. Written by
 * hand because k6's engine knows no URL.
 */
export function resolved(asked: string, location: string): string | undefined {
  const base = parseAbsolute(asked);
  const to = location.trim().replace(/#.*$/, '');
  if (!base || to === '' || /[^\x21-\x7e]/.test(to)) return undefined;
  const isWhole = /^[a-z][a-z0-9+.-]*:/i.test(to);
  const whole = isWhole ? to : to.startsWith('//') ? `${base.scheme}:${to}` : base.origin + pathFrom(base.rest, to);
  return parseAbsolute(whole)?.scheme.startsWith('http') ? whole : undefined;
}

/** Where a relative reference leads from a path. */
function pathFrom(rest: string, to: string): string {
  const [path = ''] = rest.split('?', 1);
  if (to.startsWith('/')) return to;
  if (to.startsWith('?')) return (path || '/') + to;
  const [relative = '', ...query] = to.split('?');
  const segments = [...path.split('/').slice(0, -1), ...relative.split('/')];
  const kept: string[] = [];
  for (const [at, segment] of segments.entries()) {
    if (segment === '..') kept.pop();
    else if (segment !== '.' && (segment !== '' || at === segments.length - 1)) kept.push(segment);
    if ((segment === '..' || segment === '.') && at === segments.length - 1) kept.push('');
  }
  return `/${kept.join('/')}${query.length > 0 ? `?${query.join('?')}` : ''}`;
}
