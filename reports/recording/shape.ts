/** What is wrong with a value, and at which path inside it. */
export interface Flaw {
  readonly at: string;
  readonly what: string;
}

/** Looks whether a value out of a file is what the types promise; gives one flaw per place. */
export type Shape = (value: unknown, at: string) => readonly Flaw[];

/** A finite number within bounds. */
export function number(least = -Number.MAX_VALUE, most = Number.MAX_VALUE): Shape {
  return (value, at) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return [flaw(at, 'must be a number', value)];
    if (value >= least && value <= most) return [];
    return [flaw(at, most === Number.MAX_VALUE ? `must be ${least} or more` : `must be ${least} to ${most}`, value)];
  };
}

/** A whole number within bounds. */
export function whole(least: number, most: number): Shape {
  const bounded = number(least, most);
  return (value, at) => {
    const flaws = bounded(value, at);
    return flaws.length > 0 || Number.isInteger(value) ? flaws : [flaw(at, 'must be a whole number', value)];
  };
}

export const text: Shape = (value, at) => (typeof value === 'string' ? [] : [flaw(at, 'must be a text', value)]);

/** Bytes as base64 has them: what stands in a page as an address must hold nothing else. */
export const base64: Shape = (value, at) =>
  typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value) ? [] : [flaw(at, 'must be base64', value)];

export const truth: Shape = (value, at) =>
  typeof value === 'boolean' ? [] : [flaw(at, 'must be true or false', value)];

/** One of a few constants. */
export function oneOf(...known: readonly (string | number | boolean)[]): Shape {
  return (value, at) => (known.some((one) => one === value) ? [] : [flaw(at, `must be ${known.join(' or ')}`, value)]);
}

export function list(of: Shape): Shape {
  return (value, at) => {
    if (!Array.isArray(value)) return [flaw(at, 'must be a list', value)];
    return flawsOf(value, (item, place) => of(item, `${at}[${place}]`));
  };
}

/** An object whose keys are names that the file is free to choose. */
export function table(of: Shape): Shape {
  return (value, at) => {
    if (!isObject(value)) return [flaw(at, 'must be an object', value)];
    return flawsOf(Object.entries(value), ([key, item]) => of(item, `${at}.${key}`));
  };
}

/** An object with fields that must be there and fields that may; others are left alone, a later version may add some. */
export function object(needed: Readonly<Record<string, Shape>>, possible: Readonly<Record<string, Shape>> = {}): Shape {
  return (value, at) => {
    if (!isObject(value)) return [flaw(at, 'must be an object', value)];
    const under = (key: string) => (at === '' ? key : `${at}.${key}`);
    const flaws = Object.entries(needed).flatMap(([key, shape]) => shape(value[key], under(key)));
    const present = Object.entries(possible).filter(([key]) => value[key] !== undefined);
    return [...flaws, ...present.flatMap(([key, shape]) => shape(value[key], under(key)))];
  };
}

/** Occupied slots as core/histogram.ts writes them: lower bound, count, lower bound, count … */
export const histogram: Shape = (value, at) => {
  if (!Array.isArray(value) || value.length % 2 !== 0)
    return [flaw(at, 'must be a list of lower bounds and counts', value)];
  const counts = number(0);
  return flawsOf(value, (item, place) => counts(item, `${at}[${place}]`));
};

/** More flaws than this of one list would only fill the memory. */
const ENOUGH = 10;

function flawsOf<T>(items: readonly T[], judge: (item: T, place: number) => readonly Flaw[]): Flaw[] {
  const flaws: Flaw[] = [];
  for (const [place, item] of items.entries()) {
    if (flaws.length >= ENOUGH) break;
    flaws.push(...judge(item, place));
  }
  return flaws;
}

function flaw(at: string, what: string, value: unknown): Flaw {
  return { at, what: `${what}, not ${spoken(value)}` };
}

function spoken(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const written = JSON.stringify(value);
  return written.length > 40 ? `${written.slice(0, 40)}…` : written;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
