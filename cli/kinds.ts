import { isMapping } from '../core/mapping.ts';
import { Mistakes } from '../core/mistake.ts';
import { nearest } from '../core/nearest.ts';
import type { BrowserDeclaration } from '../targets/browser/declaration.ts';
import { browserDeclarationJsonSchema, parseBrowserDeclaration } from '../targets/browser/schema.ts';
import { httpDeclarationJsonSchema, parseHttpDeclaration } from '../targets/http/schema.ts';
import { janusDeclarationJsonSchema, parseJanusDeclaration } from '../targets/janus/schema.ts';
import { livekitDeclarationJsonSchema, parseLivekitDeclaration } from '../targets/livekit/schema.ts';
import { parseWhipDeclaration, whipDeclarationJsonSchema } from '../targets/whip/schema.ts';
import { parseXmppDeclaration, xmppDeclarationJsonSchema } from '../targets/xmpp/schema.ts';
import type { Described } from './setting.ts';

type JsonSchema = Readonly<Record<string, unknown>>;
type Environment = Readonly<Record<string, string | undefined>>;

/** How a declaration of one kind is read, and what it looks like. */
interface Kind {
  read(input: unknown, where: string, env: Environment): Described;
  jsonSchema(): JsonSchema;
}

/** Every kind of target that can be declared; one that does not say its kind is http. */
const KINDS: Readonly<Record<Described['kind'], Kind>> = {
  browser: {
    read: (...given) => ({ kind: 'browser', declaration: parseBrowserDeclaration(...given) }),
    jsonSchema: browserDeclarationJsonSchema,
  },
  http: {
    read: (...given) => ({ kind: 'http', declaration: parseHttpDeclaration(...given) }),
    jsonSchema: httpDeclarationJsonSchema,
  },
  janus: {
    read: (...given) => ({ kind: 'janus', declaration: parseJanusDeclaration(...given) }),
    jsonSchema: janusDeclarationJsonSchema,
  },
  livekit: {
    read: (...given) => ({ kind: 'livekit', declaration: parseLivekitDeclaration(...given) }),
    jsonSchema: livekitDeclarationJsonSchema,
  },
  whip: {
    read: (...given) => ({ kind: 'whip', declaration: parseWhipDeclaration(...given) }),
    jsonSchema: whipDeclarationJsonSchema,
  },
  xmpp: {
    read: (...given) => ({ kind: 'xmpp', declaration: parseXmppDeclaration(...given) }),
    jsonSchema: xmppDeclarationJsonSchema,
  },
};

/** Reads a declared target by its own `kind`; throws Mistakes with everything wrong with it. */
export function describedBy(input: unknown, where: string, env: Environment): Described {
  const kind = kindIn(input);
  if (isKind(kind) && kind !== 'browser' && isMapping(input) && 'browser' in input) {
    const { browser, ...native } = input;
    const described = KINDS[kind].read(native, where, env);
    return { ...described, probe: probeOf(browser, native, `${where}.browser`, env) };
  }
  if (isKind(kind)) return KINDS[kind].read(input, where, env);
  const meant = nearest(String(kind), Object.keys(KINDS));
  const mend = meant ? `did you mean ${meant}?` : `known are ${Object.keys(KINDS).join(', ')}`;
  throw Mistakes.of(`${where}.kind`, `there is no kind of target "${kind}"`, mend);
}

/** A few browsers among the people of a target: where it is, is the same unless they are told otherwise. */
function probeOf(
  written: unknown,
  { url, hosts, tls }: Readonly<Record<string, unknown>>,
  where: string,
  env: Environment,
): BrowserDeclaration {
  const same = { url, ...(hosts !== undefined && { hosts }), ...(tls !== undefined && { tls }) };
  return parseBrowserDeclaration(isMapping(written) ? { kind: 'browser', ...same, ...written } : written, where, env);
}

/** The JSON Schema of a declared target of any kind, for editors. */
export function describedJsonSchema(): JsonSchema {
  const { http, ...others } = KINDS;
  return Object.entries(others).reduce(
    (otherwise, [kind, { jsonSchema }]): JsonSchema => ({
      if: { type: 'object', properties: { kind: { const: kind } }, required: ['kind'] },
      // biome-ignore lint/suspicious/noThenProperty: it is a word of JSON Schema
      then: kind === 'browser' ? bare(jsonSchema()) : probed(jsonSchema()),
      else: otherwise,
    }),
    probed(http.jsonSchema()),
  );
}

function kindIn(input: unknown): unknown {
  return isMapping(input) && 'kind' in input ? input.kind : 'http';
}

function isKind(kind: unknown): kind is Described['kind'] {
  return typeof kind === 'string' && Object.hasOwn(KINDS, kind);
}

/** What of a browser is described where that is the target; here only that there may be one. */
function probed({ properties, ...schema }: JsonSchema): JsonSchema {
  const browser = {
    type: 'object',
    description: 'A few people in browsers among the others: pages, steps, network and measure as of kind browser.',
  };
  return bare({ ...schema, properties: { ...(properties as object), browser } });
}

function bare({ $schema: _, ...schema }: JsonSchema): JsonSchema {
  return schema;
}
