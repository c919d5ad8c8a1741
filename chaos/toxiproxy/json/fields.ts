import { members, stringIn } from './members.ts';
import { firstValue, Malformed } from './syntax.ts';

/** Tells that what was found does not fit the Go type at that place. */
type Misfit = (found: string, type: string) => void;

/** One member of an object: takes values as Go's encoding/json does, `null` changing nothing. */
export interface Field {
  /** Its place as Go names it: `name`, `attributes.latency`; its last part is the key, in any case. */
  readonly path: string;
  take(value: string, misfit: Misfit, report: (mistake: string) => void): void;
}

/** An object and what Go calls its type and its struct. */
export interface Shape {
  readonly type: string;
  readonly struct: string;
  readonly fields: readonly Field[];
}

/** What a value is, in Go's words. */
export function kindOf(value: string): 'object' | 'array' | 'string' | 'bool' | 'null' | 'number' {
  const kinds = { '{': 'object', '[': 'array', '"': 'string', t: 'bool', f: 'bool', n: 'null' } as const;
  return kinds[value[0] as keyof typeof kinds] ?? 'number';
}

/** Reads the first JSON value of a body into a shape; goes on after a misfit, and throws Malformed with the first one. */
export function decode(body: string, take: (value: string, misfit: Misfit, report: (mistake: string) => void) => void) {
  let first: string | undefined;
  const report = (mistake: string) => {
    first ??= mistake;
  };
  const misfit: Misfit = (found, type) => report(`json: cannot unmarshal ${found} into Go value of type ${type}`);
  take(firstValue(body), misfit, report);
  if (first !== undefined) throw new Malformed(first);
}

/** Reads an object into a shape; keys it does not know are ignored. */
export function takeObject(value: string, shape: Shape, misfit: Misfit, report: (mistake: string) => void): void {
  const kind = kindOf(value);
  if (kind === 'null') return;
  if (kind !== 'object') {
    misfit(kind, shape.type);
    return;
  }
  for (const member of members(value)) {
    const key = folded(member.key);
    const field = shape.fields.find(({ path }) => folded(path.slice(path.lastIndexOf('.') + 1)) === key);
    if (!field) continue;
    const place = `${shape.struct}.${field.path}`;
    const inField: Misfit = (found, type) =>
      report(`json: cannot unmarshal ${found} into Go struct field ${place} of type ${type}`);
    field.take(member.value, inField, report);
  }
}

/** A string. */
export function text(path: string, set: (value: string) => void): Field {
  return scalar(path, 'string', 'string', (value) => set(stringIn(value)));
}

/** A truth value; `none` is called for `null` where that means something. */
export function truth(path: string, set: (value: boolean) => void, none: () => void = () => {}): Field {
  const field = scalar(path, 'bool', 'bool', (value) => set(value === 'true'));
  return { path, take: (value, misfit, report) => (value === 'null' ? none() : field.take(value, misfit, report)) };
}

/** A whole number. Go's 64 bits end later than what a double holds exactly: what is between is refused. */
export function whole(path: string, type: 'int' | 'int64', set: (value: number) => void): Field {
  return scalar(path, 'number', type, (value, misfit, report) => {
    const number = /^-?\d+$/.test(value) ? BigInt(value) : undefined;
    if (number === undefined || BigInt.asIntN(64, number) !== number) return misfit(`number ${value}`, type);
    if (!Number.isSafeInteger(Number(number))) return report(`${path}: ${value} is beyond ±${Number.MAX_SAFE_INTEGER}`);
    // Adding 0 makes a plain zero of -0.
    set(Number(number) + 0);
  });
}

/** A number of 32 bits with a fraction. */
export function fraction(path: string, set: (value: number) => void): Field {
  return scalar(path, 'number', 'float32', (value, misfit) => {
    const number = Math.fround(Number(value));
    if (Number.isFinite(number)) set(number);
    else misfit(`number ${value}`, 'float32');
  });
}

function scalar(
  path: string,
  kind: ReturnType<typeof kindOf>,
  type: string,
  set: (value: string, misfit: Misfit, report: (mistake: string) => void) => void,
): Field {
  return {
    path,
    take(value, misfit, report) {
      const found = kindOf(value);
      if (found === kind) set(value, misfit, report);
      else if (found !== 'null') misfit(found, type);
    },
  };
}

/** Keys are the same in any case; the long s is the one other letter that Go takes for one of those here. */
function folded(key: string): string {
  return key.replaceAll('ſ', 's').toLowerCase();
}
