import { existsSync } from 'node:fs';
import { isDuration, milliseconds } from '../core/duration.ts';
import { isMapping } from '../core/mapping.ts';
import { type Mistake, Mistakes } from '../core/mistake.ts';
import { mistakesOf } from '../targets/http/schema/mistakes.ts';
import { servicesOf } from '../targets/http/services.ts';
import { CONFIG_FILE } from './config-file.ts';
import { configShape } from './config-shape.ts';
import { describedBy } from './kinds.ts';
import { type Described, RELAYED } from './setting.ts';
import { checkRelays } from './target/services.ts';
import { watchingOf } from './target/watching.ts';
import { type PlaceOf, parsedYaml } from './yaml-file.ts';

/** What a configuration file says; targets are read when they are asked for. */
export interface Config {
  readonly file: string;
  readonly targets: readonly string[];
  /** Reads one target, at another address than its own when one is given; throws Mistakes with file and line. */
  target(name: string, url?: string): Described;
  /** Puts file and line to what is wrong at a path of the configuration. */
  located(mistakes: readonly Mistake[]): Mistake[];
  readonly owned: readonly string[];
  readonly maxRate: number | undefined;
  readonly maxDuration: number | undefined;
}

/** Reads a configuration file; undefined when none was named and there is none. Throws Mistakes with file and line. */
export function readConfig(named: string | undefined, env: NodeJS.ProcessEnv): Config | undefined {
  const file = named ?? CONFIG_FILE;
  if (named === undefined && !existsSync(file)) return undefined;
  const { written, placeOf } = parsedYaml(file);
  const read = configShape.safeParse(written, { reportInput: true });
  if (!read.success) throw new Mistakes(located(mistakesOf(read.error.issues, ''), placeOf));
  const { targets, owned = [], caps } = read.data;
  return {
    file,
    targets: Object.keys(targets),
    target(name, url) {
      const declared = targets[name];
      const meant = url !== undefined && isMapping(declared) ? { ...declared, url } : declared;
      try {
        const described = describedBy(meant, `targets.${name}`, env);
        watchingOf(described.declaration, `targets.${name}`);
        const services = servicesOf(described.declaration, `targets.${name}`);
        checkRelays(services, RELAYED.has(described.kind), `targets.${name}`);
        return described;
      } catch (thrown) {
        throw thrown instanceof Mistakes ? new Mistakes(located(thrown.list, placeOf), thrown.exitCode) : thrown;
      }
    },
    located: (mistakes) => located(mistakes, placeOf),
    owned,
    maxRate: caps?.rate,
    maxDuration: caps?.duration !== undefined && isDuration(caps.duration) ? milliseconds(caps.duration) : undefined,
  };
}

function located(mistakes: readonly Mistake[], placeOf: PlaceOf): Mistake[] {
  return mistakes.map((mistake) => ({ ...mistake, where: placeOf(mistake.where.replace(/^\./, '')) }));
}
