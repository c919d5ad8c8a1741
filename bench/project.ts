import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './program.ts';

/** The project's own description of itself. */
export function readProject(): { readonly version: string } {
  return JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
}

/** The version of a Go module that the project builds under tools; undefined when it builds none of that name. */
export function builtVersion(tool: string, module: string): string | undefined {
  try {
    const requirements = readFileSync(join(PROJECT, 'tools', tool, 'go.mod'), 'utf8');
    return requirements
      .split('\n')
      .map((line) =>
        line
          .trim()
          .replace(/^require /, '')
          .split(/\s+/),
      )
      .find(([name]) => name === module)?.[1];
  } catch {
    return undefined;
  }
}
