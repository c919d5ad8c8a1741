import { type Duration, isDuration, milliseconds } from '../core/duration.ts';
import { type Mistake, Mistakes } from '../core/mistake.ts';
import type { Pace } from '../core/plan.ts';
import type { OperationClass } from '../core/profile.ts';
import type { Capacity } from '../core/target.ts';

/** What options look like as they come from the command line: texts, checked here and not by the parser. */
export interface RawOptions {
  readonly [name: string]: unknown;
}

/** Reads what was written behind a command one by one, and keeps all mistakes to be told at once. */
export class OptionReader {
  /** The words that are no options. */
  readonly words: readonly string[];
  readonly #raw: RawOptions;
  readonly #mistakes: Mistake[];

  constructor(raw: RawOptions, words: readonly string[] = [], mistakes: readonly Mistake[] = []) {
    this.#raw = raw;
    this.words = words;
    this.#mistakes = [...mistakes];
  }

  /** Whether an option is there at all, be it with a value that cannot be read. */
  has(name: string): boolean {
    return this.#raw[name] !== undefined;
  }

  text(name: string): string | undefined {
    return this.#single(name);
  }

  flag(name: string): boolean {
    const value = this.#raw[name];
    // Given twice it says the same thing twice.
    return Array.isArray(value) ? value.every((one) => one === true) : value === true;
  }

  texts(name: string): readonly string[] {
    const value = this.#raw[name];
    const texts = value === undefined ? [] : [value].flat().map(String);
    if (texts.includes('')) this.#mistakes.push(emptyAt(name));
    return texts;
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

  /** A whole number within bounds. */
  count(name: string, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined {
    const value = this.#single(name);
    if (value === undefined) return undefined;
    const number = numberIn(value);
    if (number !== undefined && Number.isSafeInteger(number) && number >= least && number <= most) return number;
    const bounds = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
    this.#mistakes.push({ where: `--${name}`, what: `must be a whole number ${bounds}, not "${value}"` });
    return undefined;
  }

  duration(name: string): number | undefined {
    const value = this.#single(name);
    if (value === undefined) return undefined;
    const length = isDuration(value) ? milliseconds(value as Duration) : 0;
    if (length > 0) return length;
    const what = `must be a length of time above 0, not "${value}"`;
    this.#mistakes.push({ where: `--${name}`, what, mend: 'write 90s, 10m or 1h' });
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

  /** Reads something that tells mistakes by throwing them; keeps them with the others, and gives undefined then. */
  attempt<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (thrown) {
      if (!(thrown instanceof Mistakes)) throw thrown;
      this.#mistakes.push(...thrown.list);
      return undefined;
    }
  }

  /** Throws Mistakes when anything was wrong so far. */
  check(): void {
    if (this.#mistakes.length > 0) throw new Mistakes(this.#mistakes);
  }

  #single(name: string): string | undefined {
    const value = this.#raw[name];
    if (Array.isArray(value)) {
      this.#mistakes.push({ where: `--${name}`, what: 'is given more than once', mend: 'give it once' });
      return undefined;
    }
    if (value === '') this.#mistakes.push(emptyAt(name));
    return value === undefined || value === '' ? undefined : String(value);
  }
}

/** Nothing behind an option is what a forgotten variable of a script leaves. */
function emptyAt(name: string): Mistake {
  return { where: `--${name}`, what: 'is empty', mend: `write --${name} and a value` };
}

const CLASSES: readonly OperationClass[] = [
  ...(['login', 'create', 'join', 'media', 'chat', 'record', 'search', 'assets', 'ticket'] as const),
];

function isClass(name: string | undefined): name is OperationClass {
  return (CLASSES as readonly (string | undefined)[]).includes(name);
}

function numberIn(text: string): number | undefined {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim())) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}
