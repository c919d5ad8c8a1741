import { milliseconds } from '../../core/duration.ts';
import { type Mistake, Mistakes } from '../../core/mistake.ts';
import type { MetricsSource } from '../../core/target.ts';
import type { Halt } from '../../metrics/halts/halt.ts';
import { indicatorsOf } from '../../metrics/presets.ts';
import type { DeclaredHalt, SystemDeclaration } from '../../targets/http/declaration.ts';
import { sourceOf } from '../../targets/http/source.ts';

/** Where a target's own metrics are told, and what in them has to stop a run. */
export interface Watching {
  readonly metrics: readonly MetricsSource[];
  readonly halts: readonly Halt[];
}

/** What of a declared target is watched, presets resolved; throws Mistakes, all at once, for what cannot be. */
export function watchingOf(declaration: SystemDeclaration, where: string): Watching {
  const mistakes: Mistake[] = [];
  const told = <T>(attempt: () => T): T[] => {
    try {
      return [attempt()];
    } catch (thrown) {
      if (!(thrown instanceof Mistakes)) throw thrown;
      mistakes.push(...thrown.list);
      return [];
    }
  };
  const metrics = (declaration.metrics ?? []).flatMap((declared, at): MetricsSource[] => {
    const source = sourceOf(declared, declaration);
    if (source.kind === 'prometheus' || !('url' in declared)) return [source];
    const { indicators = {}, presets = [] } = declared;
    return told(() => indicatorsOf(indicators, presets, `${where}.metrics[${at}]`)).map((indicators) => ({
      ...source,
      indicators,
    }));
  });
  // What a condition watches may be told by a source that could not be read.
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  const halts = (declaration.halts ?? []).flatMap((halt, at) =>
    told(() => haltOf(halt, metrics, `${where}.halts[${at}]`)),
  );
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  return { metrics, halts };
}

function haltOf(declared: DeclaredHalt, sources: readonly MetricsSource[], where: string): Halt {
  const { query, indicator, source, above, below, for: lasting, missing = 'halt', says } = declared;
  const terms = {
    is: above === undefined ? 'below' : 'above',
    limit: above ?? below ?? 0,
    lasting: milliseconds(lasting),
    missing,
    ...(says !== undefined && { says }),
  } as const;
  if (query !== undefined && source !== undefined) return { watches: { query }, sources: [source], ...terms };
  if (indicator === undefined) throw new Error('a condition that watches nothing');
  const telling = sources.filter((one) => indicator in indicatorsBy(one)).map(({ name }) => name);
  const among = source === undefined ? telling : telling.filter((name) => name === source);
  if (among.length > 0) return { watches: { indicator }, sources: among, ...terms };
  const mend =
    telling.length > 0 ? `${telling.join(' and ')} would` : 'map it in the indicators or queries of a source';
  throw Mistakes.of(`${where}.indicator`, `${source ?? 'no source'} tells ${source ? 'no ' : ''}${indicator}`, mend);
}

/** What a source maps, by indicator. */
export function indicatorsBy(source: MetricsSource): Readonly<Record<string, string>> {
  return source.kind === 'page' ? source.indicators : source.queries;
}
