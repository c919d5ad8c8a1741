import type { Mistake } from '../../../core/mistake.ts';
import { parseAbsolute } from '../absolute.ts';
import { HEADER } from '../compile/encoding.ts';
import { outermost, type Scope } from '../compile/scope.ts';
import { at, tell } from '../compile/site.ts';
import { parseTemplate } from '../compile/template.ts';
import type { DeclaredMetrics, SystemDeclaration } from '../declaration.ts';
import { checkServers, settledHalts } from './halts.ts';
import { STAND_IN } from './salvage.ts';
import { settledServices } from './settle-services.ts';

/** A place outside of the operations, where the environment alone is known. */
export interface Place {
  readonly path: string;
  readonly mistakes: Mistake[];
  readonly scope: Scope;
}

/**
 * Puts variables of the environment into everything but the operations, and makes the addresses of metrics absolute.
 * Mistakes are added to the list, and never show a value of the environment.
 */
export function settled<Declaration extends SystemDeclaration>(
  declaration: Declaration,
  path: string,
  environment: Scope['environment'],
  mistakes: Mistake[],
): Declaration {
  const place = { path, mistakes, scope: outermost(environment) };
  const { hosts, metrics, halts, people, services } = declaration;
  const url = filled(declaration.url, at(place, 'url')) ?? STAND_IN;
  const sources = metrics && settledMetrics(metrics, url, at(place, 'metrics'));
  const conditions = halts && settledHalts(halts, metrics ?? [], at(place, 'halts'));
  checkServers(metrics ?? [], conditions ?? [], at(place, 'metrics'));
  const orNothing = (text: string, where: Place) => filled(text, where) ?? '';
  return {
    ...declaration,
    url,
    ...(hosts && { hosts: hosts.flatMap((host, i) => filled(host, at(at(place, 'hosts'), i)) ?? []) }),
    ...(sources && { metrics: sources }),
    ...(conditions && { halts: conditions }),
    ...(services && { services: settledServices(services, at(place, 'services'), orNothing) }),
    ...(people && 'file' in people && { people: { file: orNothing(people.file, at(at(place, 'people'), 'file')) } }),
  };
}

/** A text outside of the operations with its variables of the environment; empty when one is not known, which is told. */
export function settledText(
  text: string,
  path: string,
  environment: Scope['environment'],
  mistakes: Mistake[],
): string {
  return filled(text, { path, mistakes, scope: outermost(environment) }) ?? '';
}

function settledMetrics(sources: readonly DeclaredMetrics[], base: string, place: Place): DeclaredMetrics[] {
  const names = sources.map(({ name }) => name);
  return sources.map((source, index) => {
    const here = at(place, index);
    if (names.indexOf(source.name) < index)
      tell(at(here, 'name'), `"${source.name}" is the name of another source`, 'choose another');
    const headers = Object.entries(source.headers ?? {}).map(([name, value]) => [
      name,
      headerValue(value, at(at(here, 'headers'), name)),
    ]);
    const field = 'url' in source ? 'url' : 'prometheus';
    const address = filled('url' in source ? source.url : source.prometheus, at(here, field));
    const url = address === undefined ? STAND_IN : metricsUrl(address, base, at(here, field), field);
    return { ...source, [field]: url, ...(source.headers && { headers: Object.fromEntries(headers) }) };
  });
}

const EXAMPLES = {
  url: 'http://127.0.0.1:9100/metrics or /metrics',
  prometheus: 'https://prom.internal, without a query',
} as const;

function metricsUrl(text: string, base: string, place: Place, field: keyof typeof EXAMPLES): string {
  const url = text.startsWith('/') ? base.replace(/\/+$/, '') + text : text;
  const absolute = parseAbsolute(url);
  const hasQuery = field === 'prometheus' && /[?#]/.test(absolute?.rest ?? '');
  if (!absolute?.scheme.startsWith('http') || hasQuery)
    tell(place, 'is not the address of metrics', `write it as ${EXAMPLES[field]}`);
  return url;
}

function headerValue(text: string, place: Place): string {
  const value = filled(text, place) ?? '';
  if (HEADER.value(value) === undefined) tell(place, 'holds characters that a header cannot carry', 'leave them out');
  return value;
}

/** Undefined when a part of the text is not known, which is told already. */
function filled(text: string, place: Place): string | undefined {
  const told = place.mistakes.length;
  const parts = parseTemplate(text, place);
  if (place.mistakes.length > told) return undefined;
  return parts.map((part) => (typeof part === 'string' ? part : 'value' in part ? part.value : '')).join('');
}
