import type * as z from 'zod';
import { nearest } from '../../../core/nearest.ts';
import type { Operations, WrittenDeclaration } from '../declaration.ts';
import { declaration } from './declaration.ts';
import { stepsOf } from './steps.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What is well-formed in a malformed declaration, so that it can be checked, too. Malformed steps are replaced by others
 * that capture the same names, lest one mistake entail others.
 */
export function salvaged(input: unknown): WrittenDeclaration {
  const fields = fieldsOf(input);
  const { hosts, metrics, halts, people } = declaration.shape;
  const known = {
    hosts: hosts.safeParse(fields.hosts).data,
    metrics: metrics.safeParse(fields.metrics).data,
    halts: halts.safeParse(fields.halts).data,
    people: people.safeParse(fields.people).data,
  };
  return {
    url: typeof fields.url === 'string' ? fields.url : 'http://malformed.invalid',
    ...(known.hosts && { hosts: known.hosts }),
    ...(known.metrics && { metrics: known.metrics }),
    // Which source a condition asks is not known without the sources.
    ...(known.metrics && known.halts && { halts: known.halts }),
    ...(known.people && { people: known.people }),
    operations: operationsIn(fieldsOf(fields.operations)),
  };
}

function operationsIn(operations: Fields): Operations {
  const names = Object.keys(stepsOf) as (keyof Operations)[];
  return Object.fromEntries(
    names.filter((name) => name in operations).map((name) => [name, stepsIn(operations[name], name)]),
  );
}

/** Without the exact type of each, which is of no use here. */
const SCHEMAS: Readonly<Record<keyof Operations, z.ZodType>> = stepsOf;

/** A single step that was not put into a list counts as one. */
function stepsIn(steps: unknown, operation: keyof Operations): unknown[] {
  return (Array.isArray(steps) ? steps : [steps]).map((step) => {
    const read = SCHEMAS[operation].safeParse(step);
    return read.success ? read.data : standInFor(step, operation);
  });
}

const FIELDS = ['request', 'websocket', 'send', 'receive', 'close', 'capture'];

/** A step of the kind that was meant, by the field it resembles most. */
function standInFor(step: unknown, operation: keyof Operations): unknown {
  const meant = Object.fromEntries(
    Object.entries(fieldsOf(step)).map(([name, value]) => [nearest(name, FIELDS) ?? name, value]),
  );
  const capture = Object.fromEntries(Object.keys(fieldsOf(meant.capture)).map((name) => [name, 'json:']));
  if (operation === 'leave') return { send: '' };
  if (operation === 'join' && 'websocket' in meant) return { websocket: '/' };
  const speaks = 'send' in meant || 'receive' in meant;
  if (speaks && (operation === 'join' || operation === 'chat')) return { receive: '', capture };
  return { request: 'GET /', missing: { status: 404 }, capture };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
