import type * as z from 'zod';
import type { Mistake } from '../../../core/mistake.ts';
import { nearest } from '../../../core/nearest.ts';

type Issue = z.core.$ZodIssue;

/** Says in plain words what a schema found; its issues must carry their input (`reportInput`), and how to write it right. */
export function mistakesOf(issues: readonly Issue[], where: string): Mistake[] {
  return issues.flatMap((issue) => {
    const here = issue.path.reduce<string>((path, key) => path + step(key), where);
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField(key, here, issue.message));
    const inner = issue.code === 'invalid_union' ? meantOf(issue.errors) : undefined;
    if (inner) return mistakesOf(inner, here);
    return [{ where: here, what: whatOf(issue), mend: issue.message }];
  });
}

function step(key: PropertyKey): string {
  return typeof key === 'number' ? `[${key}]` : `.${String(key)}`;
}

/** The message of unknown fields lists the known ones. */
function unknownField(key: string, where: string, known: string): Mistake {
  const meant = nearest(key, known.split(', '));
  return {
    where: `${where}.${key}`,
    what: 'is not known',
    mend: meant ? `did you mean ${meant}?` : `known here: ${known}`,
  };
}

/** The alternative the user meant: the one whose own fields fit best, or none when the value is of no such kind. */
function meantOf(alternatives: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const [best] = alternatives
    .filter((issues) => !issues.some(({ path, code }) => path.length === 0 && code !== 'unrecognized_keys'))
    .map((issues) => ({ issues, wrongFields: issues.reduce((sum, issue) => sum + misfits(issue), 0) }))
    .sort((a, b) => a.wrongFields - b.wrongFields);
  return best?.issues;
}

/** Fields that do not belong to an alternative, or that it lacks, speak against it; wrong values say nothing. */
function misfits(issue: Issue): number {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.reduce((sum, key) => sum + (nearest(key, issue.message.split(', ')) ? 0.5 : 1), 0);
  return issue.path.length === 1 && (issue.input === undefined || isElsewhere(issue)) ? 1 : 0;
}

/** True for a field that belongs to a mapping of another kind. */
function isElsewhere(issue: Issue): boolean {
  return issue.code === 'invalid_type' && issue.expected === 'never';
}

function whatOf(issue: Issue): string {
  const { input } = issue;
  if (input === undefined) return 'is missing';
  if (isElsewhere(issue)) return 'does not belong here';
  if (issue.code === 'custom') return 'holds what JSON cannot';
  // A value of the wrong type may be a secret that was not quoted.
  const isShown = typeof input !== 'object' && (issue.code !== 'invalid_type' || issue.expected === 'int');
  return `cannot be ${isShown ? JSON.stringify(input) : kindOf(input)}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  const kinds: Partial<Record<string, string>> = { object: 'a mapping', string: 'a text', boolean: 'true or false' };
  return kinds[typeof value] ?? `a ${typeof value}`;
}
