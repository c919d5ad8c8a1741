import { existsSync, readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { type Duration, isDuration, milliseconds } from '../core/duration.ts';
import { type Mistake, Mistakes } from '../core/mistake.ts';
import { nearest } from '../core/nearest.ts';
import { type HttpDeclaration, httpDeclarationJsonSchema, parseHttpDeclaration } from '../targets/http/schema.ts';
import { CONFIG_FILE } from './config-file.ts';
import { watchingOf } from './target/watching.ts';

/** What a configuration file says; targets are read when they are asked for. */
export interface Config {
  readonly file: string;
  readonly targets: readonly string[];
  /** Reads one target; throws Mistakes with file and line. */
  target(name: string): HttpDeclaration;
  /** Puts file and line to what is wrong at a path of the configuration. */
  located(mistakes: readonly Mistake[]): Mistake[];
  readonly owned: readonly string[];
  readonly maxRate: number | undefined;
  readonly maxDuration: number | undefined;
}

const duration = z.string().refine(isDuration, 'not a duration: write 90s, 10m or 1h');

const shape = z.strictObject({
  targets: z.record(z.string(), z.unknown()).describe('Systems under test, by the name that --target calls them.'),
  owned: z
    .array(z.string())
    .optional()
    .describe('Hosts other than this machine that are yours to storm; like --i-own-this-target.'),
  caps: z
    .strictObject({
      rate: z.number().positive().optional().describe('Arrivals per second at most.'),
      duration: duration.optional().describe('Length of a run at most, the probe included: 10m.'),
    })
    .optional()
    .describe('What no run may go beyond; needed for targets on other machines.'),
});

/** Reads a configuration file; undefined when none was named and there is none. Throws Mistakes with file and line. */
export function readConfig(named: string | undefined, env: NodeJS.ProcessEnv): Config | undefined {
  const file = named ?? CONFIG_FILE;
  if (named === undefined && !existsSync(file)) return undefined;
  const { written, placeOf } = parsedYaml(file);
  const read = shape.safeParse(written);
  if (!read.success) throw new Mistakes(located(mistakesOf(read.error.issues), placeOf));
  const { targets, owned = [], caps } = read.data;
  return {
    file,
    targets: Object.keys(targets),
    target(name) {
      try {
        const declaration = parseHttpDeclaration(targets[name], `targets.${name}`, env);
        watchingOf(declaration, `targets.${name}`);
        return declaration;
      } catch (thrown) {
        throw thrown instanceof Mistakes ? new Mistakes(located(thrown.list, placeOf), thrown.exitCode) : thrown;
      }
    },
    located: (mistakes) => located(mistakes, placeOf),
    owned,
    maxRate: caps?.rate,
    maxDuration: caps?.duration === undefined ? undefined : milliseconds(caps.duration as Duration),
  };
}

/** The JSON Schema of the configuration file, for editors. */
export function configJsonSchema(): Readonly<Record<string, unknown>> {
  const { properties = {}, ...whole } = z.toJSONSchema(shape);
  const { $schema: _, ...additionalProperties } = httpDeclarationJsonSchema();
  const targets = { ...(properties.targets as object), additionalProperties };
  return { title: 'stormtest configuration', ...whole, properties: { ...properties, targets } };
}

/** Finds the line and column of a path such as `targets.staging.operations.login[0].expect`. */
type PlaceOf = (path: string) => string;

function parsedYaml(file: string): { written: unknown; placeOf: PlaceOf } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw Mistakes.of(
      '--config',
      `cannot read ${file}: ${(error as NodeJS.ErrnoException).code}`,
      'stormtest init writes one',
    );
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new Mistakes(
      document.errors.map(({ pos: [from], message }) => {
        const { line, col } = lines.linePos(from);
        return { where: `${file}:${line}:${col}`, what: message };
      }),
    );
  }
  const placeOf = (path: string) => {
    const keys = path.split(/[.[\]]+/).filter(Boolean);
    for (let depth = keys.length; depth > 0; depth -= 1) {
      const range = rangeOf(document.getIn(keys.slice(0, depth), true));
      if (range === undefined) continue;
      const { line, col } = lines.linePos(range);
      return `${file}:${line}:${col} ${path}`;
    }
    return `${file}: ${path}`;
  };
  return { written: document.toJS(), placeOf };
}

function rangeOf(node: unknown): number | undefined {
  const range = (node as { range?: readonly number[] } | undefined)?.range;
  return range?.[0];
}

function located(mistakes: readonly Mistake[], placeOf: PlaceOf): Mistake[] {
  return mistakes.map((mistake) => ({ ...mistake, where: placeOf(mistake.where) }));
}

function* unknownFields(issue: z.core.$ZodIssue): Generator<Mistake> {
  if (issue.code !== 'unrecognized_keys') return;
  for (const key of issue.keys) {
    const meant = nearest(key, ['targets', 'owned', 'caps', 'rate', 'duration']);
    const where = [...issue.path, key].join('.');
    yield { where, what: 'no such field', ...(meant && { mend: `did you mean "${meant}"?` }) };
  }
}

function mistakesOf(issues: readonly z.core.$ZodIssue[]): Mistake[] {
  return issues.flatMap((issue) => {
    const unknown = [...unknownFields(issue)];
    return unknown.length > 0 ? unknown : [{ where: issue.path.join('.') || 'file', what: issue.message }];
  });
}
