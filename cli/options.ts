import { type Duration, isDuration, milliseconds } from '../core/duration.ts';
import { type Mistake, Mistakes } from '../core/mistake.ts';
import type { Pace } from '../core/plan.ts';
import type { OperationClass } from '../core/profile.ts';
import type { Capacity } from '../core/target.ts';

/** What options look like as they come from the command line: texts, checked here and not by the parser. */
export interface RawOptions {
  readonly [name: string]: unknown;
}

/** Reads options one by one and keeps all mistakes, to be told at once. */
export class OptionReader {
  readonly #raw: RawOptions;
  readonly #mistakes: Mistake[] = [];

  constructor(raw: RawOptions) {
    this.#raw = raw;
  }

  text(name: string): string | undefined {
    const value = this.#single(name);
    if (value === '') this.#mistakes.push({ where: `--${name}`, what: 'is empty' });
    return value || undefined;
  }

  flag(name: string): boolean {
    return this.#raw[name] === true;
  }

  texts(name: string): readonly string[] {
    const value = this.#raw[name];
    return value === undefined ? [] : [value].flat().map(String);
  }

  /** A number above 0. */
  amount(name: string): number | undefined {
    const value = this.#single(name);
    if (value === undefined) return undefined;
    const number = numberIn(value);
    if (number !== undefined && number > 0) return number;
    this.#mistakes.push({ where: `--${name}`, what: `must be a number above 0, not "${value}"` });
    return undefined;
  }

  /** A whole number from `least`. */
  count(name: string, least: number): number | undefined {
    const value = this.#single(name);
    if (value === undefined) return undefined;
    const number = numberIn(value);
    if (number !== undefined && Number.isSafeInteger(number) && number >= least) return number;
    this.#mistakes.push({ where: `--${name}`, what: `must be a whole number from ${least}, not "${value}"` });
    return undefined;
  }

  duration(name: string): number | undefined {
    const value = this.#single(name);
    if (value === undefined) return undefined;
    if (isDuration(value)) return milliseconds(value as Duration);
    this.#mistakes.push({ where: `--${name}`, what: `not a duration: "${value}"`, mend: 'write 90s, 10m or 1h' });
    return undefined;
  }

  pace(): Pace | undefined {
    const value = this.#single('pace');
    if (value === undefined || value === 'quick' || value === 'natural') return value;
    this.#mistakes.push({ where: '--pace', what: `must be quick or natural, not "${value}"` });
    return undefined;
  }

  /** `120` for the class that is stormed, or `login=120,join=500`. */
  capacity(stormed: OperationClass): Capacity | undefined {
    const value = this.#single('capacity');
    if (value === undefined) return undefined;
    const capacity: Partial<Record<OperationClass, number>> = {};
    for (const part of value.split(',')) {
      const [name, amount] = part.includes('=') ? part.split('=') : [stormed, part];
      const number = numberIn(amount ?? '');
      if (isClass(name) && number !== undefined && number > 0) capacity[name] = number;
      else
        this.#mistakes.push({
          where: '--capacity',
          what: `cannot read "${part}"`,
          mend: `write 120, or by class login=120,join=500; classes are ${CLASSES.join(', ')}`,
        });
    }
    return capacity;
  }

  /** Throws Mistakes when anything was wrong so far. */
  check(): void {
    if (this.#mistakes.length > 0) throw new Mistakes(this.#mistakes);
  }

  #single(name: string): string | undefined {
    const value = this.#raw[name];
    if (!Array.isArray(value)) return value === undefined ? undefined : String(value);
    this.#mistakes.push({ where: `--${name}`, what: 'is given more than once', mend: 'give it once' });
    return undefined;
  }
}

const CLASSES: readonly OperationClass[] = [
  ...(['login', 'create', 'join', 'media', 'chat', 'record', 'search', 'assets', 'ticket'] as const),
];

function isClass(name: string | undefined): name is OperationClass {
  return (CLASSES as readonly (string | undefined)[]).includes(name);
}

function numberIn(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : undefined;
}
