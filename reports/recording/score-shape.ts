import { list, number, object, oneOf, type Shape, table, text, truth, whole } from './shape.ts';

const evidence = object({ says: text, from: oneOf('client', 'target', 'supervisor') });

/** What is undefined in memory is absent in a file. */
const VALUES: Readonly<Record<string, Shape>> = {
  value: number(0, 100),
  uncapped: number(0, 100),
  confidence: object({ low: number(), high: number(), says: text }),
  recoveredAfter: number(0),
  partial: text,
  surge: object(
    {
      countermeasures: list(
        object({ name: text, status: oneOf('seen', 'not seen', 'could not tell'), says: text, from: text }),
      ),
    },
    { firstTier: evidence },
  ),
};

/** A score as it stands at the end of a recording. */
export const scoreShape = object(
  {
    version: text,
    verdict: oneOf('survived', 'degraded', 'died', 'inconclusive', 'invalid'),
    because: text,
    threshold: number(0, 100),
    components: list(object({ name: text, weight: number(0, 1), says: text }, { value: number(0, 1) })),
    gates: list(
      object(
        { name: text, status: oneOf('held', 'fired', 'not covered'), says: text, evidence: list(evidence) },
        { kind: text },
      ),
    ),
    validity: list(object({ name: text, says: text, environmental: truth })),
    coverage: object({ value: number(0, 1), says: list(text) }),
    entitlements: list(
      object(
        { class: text, source: oneOf('declared', 'self-relative'), mostOffered: number(0), mostServed: number(0) },
        { capacity: number(0) },
      ),
    ),
    mechanism: object({ says: text, from: text, status: oneOf('found', 'not found', 'not covered') }),
    bottleneck: list(evidence),
    agreement: list(object({ class: text, target: number(0), client: number(0), agrees: truth })),
    figures: list(object({ what: text, documented: text, measured: text })),
    quality: list(object({ second: whole(0, 172_800), bystanders: table(number(0)) }, { primary: number(0) })),
  },
  VALUES,
);
