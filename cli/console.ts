import { type Paint, paintFor, usesColor } from './progress/paint.ts';

/** Where a command writes: results to stdout, everything else to stderr. */
export interface Console {
  /** A result, for the user or the next program in a pipe. */
  print(text: string): void;
  /** Something for the user alone. */
  tell(text: string): void;
  readonly color: boolean;
  readonly width: number;
  readonly paint: Paint;
  /** The terminal for a live view, or undefined where lines are wanted. */
  readonly terminal: NodeJS.WriteStream | undefined;
}

/** The console of this process. */
export function processConsole(env: Readonly<Record<string, string | undefined>>): Console {
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    tell: (text) => void process.stderr.write(`${text}\n`),
    color: usesColor(process.stdout, env),
    width: Math.min(process.stdout.columns || 100, 110),
    paint: paintFor(process.stderr, env),
    terminal: process.stderr.isTTY && env.TERM !== 'dumb' ? process.stderr : undefined,
  };
}
