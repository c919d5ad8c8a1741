import { type Paint, paintFor, usesColor } from './progress/paint.ts';
import { type Screen, screenOf } from './progress/screen.ts';

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
  readonly screen: Screen | undefined;
}

/** The console of this process. */
export function processConsole(env: Readonly<Record<string, string | undefined>>): Console {
  const screen = process.stderr.isTTY && env.TERM !== 'dumb' ? screenOf(process.stderr) : undefined;
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    tell: (text) => (screen ? screen.tell(text) : void process.stderr.write(`${text}\n`)),
    color: usesColor(process.stdout, env),
    width: Math.min(process.stdout.columns || 100, 110),
    paint: paintFor(process.stderr, env),
    screen,
  };
}
