import type { ExitCode } from '../../core/exit.ts';
import { EXIT } from '../../core/exit.ts';
import type { Surroundings } from '../commands/command.ts';
import type { OptionReader } from '../options.ts';
import { checkUp } from './check-up.ts';

/** Tells what this machine is good for. */
export async function examine(options: OptionReader, { console, env }: Surroundings): Promise<ExitCode> {
  const json = options.flag('json');
  options.check();
  const findings = await checkUp(env);
  if (json) console.print(JSON.stringify(findings, undefined, 2));
  else
    for (const { state, says, mend } of findings) console.print(`${MARKS[state]} ${says}${mend ? ` (${mend})` : ''}`);
  return findings.some(({ state }) => state === 'broken') ? EXIT.broken : EXIT.survived;
}

const MARKS = { good: 'ok     ', doubtful: 'doubt  ', broken: 'broken ' } as const;
