import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { Mistakes } from '../../core/mistake.ts';
import type { Person, Population } from '../../core/person.ts';

/** How many people are made up when nobody says. */
const PEOPLE = 1_000;

/**
 * Who storms a target: made-up people, or the accounts of a CSV file with the columns email, password and name, whose path
 * begins in the folder of the configuration.
 */
export function populationOf(
  people: { readonly count: number } | { readonly file: string } | undefined,
  folder: string,
): Population {
  if (people && 'file' in people)
    return { from: 'list', people: readPeople(isAbsolute(people.file) ? people.file : join(folder, people.file)) };
  return { from: 'seed', count: people?.count ?? PEOPLE };
}

function readPeople(file: string): Person[] {
  const wrong = (what: string) =>
    Mistakes.of(`people.file ${file}`, what, 'a CSV file whose first line is email,password,name');
  let rows: Record<string, string>[];
  try {
    rows = parse(readFileSync(file), { columns: true, skip_empty_lines: true, trim: true, bom: true });
  } catch (error) {
    throw wrong((error as Error).message);
  }
  if (rows.length === 0) throw wrong('names nobody');
  return rows.map(({ email, password, name }, index) => {
    // The line is named, never its content: these are secrets.
    if (!email || !password) throw wrong(`row ${index + 1} has no ${email ? 'password' : 'email'}`);
    return { index, email, password, name: name ?? email };
  });
}
