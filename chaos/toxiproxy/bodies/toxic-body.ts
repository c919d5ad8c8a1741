import { decode, type Field, fraction, kindOf, takeObject, text, whole } from '../json/fields.ts';
import { refusals } from '../refusal.ts';
import type { ToxicKind } from '../toxics/toxic.ts';
import { checkTtl, understood } from './understood.ts';

type Attributes = Readonly<Record<string, number>>;

/** What a body says a toxic is to be, but for its attributes, which depend on its kind. */
export interface ToxicBody {
  name: string;
  type: string;
  stream: string;
  toxicity: number;
  /** Milliseconds; 0 for without end, undefined when nothing was said. */
  ttl: number | undefined;
}

/** What a body changes of a toxic; undefined is what it does not mention. */
export interface ToxicChange {
  attributes: Attributes | undefined;
  toxicity: number | undefined;
  ttl: number | undefined;
}

/** What Go calls the body of a change. */
const CHANGE = 'struct { Attributes interface {} "json:\\"attributes\\""; Toxicity float32 "json:\\"toxicity\\"" }';

/** Reads a toxic, all but its attributes. Throws a Refusal. */
export function toxicIn(body: string): ToxicBody {
  const read: ToxicBody = { name: '', type: '', stream: 'downstream', toxicity: 1, ttl: undefined };
  const named = (name: 'name' | 'type' | 'stream') =>
    text(name, (value) => {
      read[name] = value;
    });
  // Attributes are read when the type is known; until then Go takes them for those of a noop.
  const noop = { type: 'toxics.NoopToxic', struct: 'NoopToxic', fields: [] };
  const attributes = onceNull(
    (value, misfit, report) => takeObject(value, noop, misfit, report),
    (value, misfit) => misfit(kindOf(value), 'toxics.Toxic'),
  );
  const fields = [attributes, named('name'), named('type'), named('stream'), ...numbers(read)];
  const shape = { type: 'toxics.ToxicWrapper', struct: 'ToxicWrapper', fields };
  understood(() => decode(body, (value, misfit, report) => takeObject(value, shape, misfit, report)));
  return read;
}

/** Reads the attributes for a toxic of a kind; those the body does not mention are 0. Throws a Refusal. */
export function attributesIn(body: string, kind: ToxicKind): Attributes {
  const nothing = Object.fromEntries(Object.keys(kind.attributes).map((key) => [key, 0]));
  return changeIn(body, kind, nothing).attributes ?? nothing;
}

/** Reads what is to change of a toxic with such attributes. Throws a Refusal. */
export function changeIn(body: string, kind: ToxicKind, current: Attributes): ToxicChange {
  const read: ToxicChange = { attributes: undefined, toxicity: undefined, ttl: undefined };
  const fields = Object.entries(kind.attributes).map(([name, type]) =>
    whole(`attributes.${name}`, type, (value) => {
      read.attributes = { ...current, ...read.attributes, [name]: value };
    }),
  );
  const inside = { type: `toxics.${kind.struct}`, struct: kind.struct, fields };
  const attributes = onceNull(
    (value, misfit, report) => {
      read.attributes ??= current;
      takeObject(value, inside, misfit, report);
    },
    () => {},
  );
  const shape = { type: CHANGE, struct: '', fields: [attributes, ...numbers(read)] };
  understood(() => decode(body, (value, misfit, report) => takeObject(value, shape, misfit, report)));
  return read;
}

/** Refuses what would break the server or means nothing, where the real server takes it. */
export function checkSense(kind: ToxicKind, toxic: Partial<ToxicChange>): void {
  const { attributes, toxicity, ttl } = toxic;
  if (toxicity !== undefined && (toxicity < 0 || toxicity > 1))
    throw refusals.invalid(`toxicity must be from 0 to 1, not ${toxicity}`);
  checkTtl(ttl);
  const complaint = attributes && kind.complaint?.(attributes);
  if (complaint !== undefined) throw refusals.invalid(complaint);
}

function numbers(read: Pick<ToxicBody, 'ttl'> & { toxicity: number | undefined }): readonly Field[] {
  return [
    fraction('toxicity', (value) => {
      read.toxicity = value;
    }),
    whole('ttl', 'int64', (value) => {
      read.ttl = value;
    }),
  ];
}

/** `null` empties the place of the attributes, and what comes for it afterwards does not find what was there. */
function onceNull(before: Field['take'], after: Field['take']): Field {
  let empty = false;
  return {
    path: 'attributes',
    take(value, misfit, report) {
      const isNull = kindOf(value) === 'null';
      if (empty && !isNull) after(value, misfit, report);
      else if (!isNull) before(value, misfit, report);
      empty ||= isNull;
    },
  };
}
