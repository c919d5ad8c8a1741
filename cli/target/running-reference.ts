import { Mistakes } from '../../core/mistake.ts';
import { parseHttpDeclaration } from '../../targets/http/schema.ts';
import { referenceDeclaration } from '../../targets/reference/declaration.ts';
import { checkHosts } from '../safety.ts';
import { answerOf } from './answering.ts';
import type { TargetRequest } from './choose.ts';
import { type ChosenTarget, chosenFrom } from './chosen.ts';

/**
 * Chooses a target by its URL alone, which only a reference target that somebody has started elsewhere can be: it says
 * so itself. Anything else has to be described; what it is not asked, stormtest does not guess.
 */
export async function runningReference(url: string, request: TargetRequest): Promise<ChosenTarget> {
  const base = url.replace(/\/+$/, '');
  const { loopbackOnly } = await checkHosts([new URL(base).hostname], request.permission);
  const answer = await answerOf(`${base}/v1/about`, { loopbackOnly, insecureTls: false }, request.signal);
  const about = aboutIn(answer.body);
  if (!about)
    throw Mistakes.of(
      '--target',
      `${base} answers, but it is not a stormtest reference target and nothing says how people sign in there`,
      'stormtest init writes a stormtest.config.yaml to describe it in',
    );
  if (about.population.seed !== request.seed)
    throw Mistakes.of(
      '--seed',
      `the people of ${base} are those of seed ${about.population.seed}, not ${request.seed}`,
      `give --seed ${about.population.seed}`,
    );
  const { capacity, media = [], edges = [], recordings = false } = about;
  const parts = { capacity, media, edges, recordings };
  const written = referenceDeclaration({ url: base, metricsUrl: `${base}/metrics`, ...parts });
  return chosenFrom({
    ...request,
    name: `reference:${about.variant}`,
    described: { kind: 'http', declaration: parseHttpDeclaration(written, 'targets.reference', {}) },
    population: { from: 'seed', count: about.population.count },
  });
}

interface About {
  readonly service: 'stormtest-reference';
  readonly variant: string;
  readonly capacity: { readonly login: number };
  readonly population: { readonly seed: number; readonly count: number };
  /** Absent when it was started without media. */
  readonly media?: readonly { readonly name: string; readonly metricsUrl: string }[];
  readonly recordings?: boolean;
  /** Absent when it was started without edges. */
  readonly edges?: readonly { readonly name: string; readonly metricsUrl: string }[];
}

/** Reads what a reference target says of itself; undefined when it is something else that answers. */
function aboutIn(text: string): About | undefined {
  try {
    const about = JSON.parse(text) as Partial<About>;
    return about.service === 'stormtest-reference' ? (about as About) : undefined;
  } catch {
    return undefined;
  }
}
