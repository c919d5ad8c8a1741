import { answerTo } from '../../cli/command-line.ts';
import { paintFor } from '../../cli/progress/paint.ts';

/** What a command line came to: everything main would have printed, told and answered. */
export interface Answered {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process and this folder, for mistakes that are found before anything is started. */
export async function answered(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Answered> {
  const [printed, told]: [string[], string[]] = [[], []];
  const code = await answerTo(args, {
    env,
    console: {
      print: (text) => printed.push(`${text}\n`),
      tell: (text) => told.push(`${text}\n`),
      color: false,
      width: 100,
      paint: paintFor({}, {}),
      screen: undefined,
    },
  });
  return { code, stdout: printed.join(''), stderr: told.join('') };
}

/** The mistakes that were told, one each, without the program's name before them. */
export function mistakesIn({ stderr }: Pick<Answered, 'stderr'>): string[] {
  return stderr
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^stormtest: /, ''));
}
