import yargs, { type Argv } from 'yargs';
import { EXIT, type ExitCode } from '../core/exit.ts';
import { Mistakes, sentence } from '../core/mistake.ts';
import { nearest } from '../core/nearest.ts';
import type { Command, Surroundings } from './commands/command.ts';
import { commands } from './commands/index.ts';
import { Interrupted } from './interruption.ts';
import { version } from './machine.ts';

const USAGE = `$0 <incident> --target <URL or NAME>

Makes a documented conferencing disaster happen to your system, in small and on purpose,
and says whether it would have survived.`;

const EPILOGUE = `Exit codes: 0 survived, 99 degraded or died, 104 usage, 105 interrupted, 107 a journey's own bug,
108 halted, 111 target not ready, 112 nothing proven, 113 clean-up failed, 1 our bug or the machine's.`;

/** Runs one command line and gives what the process answers; never rejects. */
export async function answerTo(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  try {
    refuseUnknown(args);
    return await obeyed(args, surroundings);
  } catch (thrown) {
    return toldOf(thrown, surroundings);
  }
}

async function obeyed(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let code: ExitCode = EXIT.survived;
  const parser = yargs([...args])
    .scriptName('stormtest')
    .usage(USAGE)
    .epilogue(EPILOGUE)
    .version(version())
    .help()
    .strictOptions()
    .demandCommand(1, 'no incident and no command was named')
    .parserConfiguration({ 'parse-numbers': false, 'parse-positional-numbers': false, 'boolean-negation': false })
    .exitProcess(false)
    .wrap(Math.min(110, surroundings.console.width))
    .fail((message, error) => {
      throw error ?? Mistakes.of('usage', message, 'stormtest --help lists everything');
    });
  for (const command of commands) {
    const run = async (raw: Readonly<Record<string, unknown>>) => {
      code = await command.run(raw, surroundings);
    };
    parser.command(command.name, command.describe, (builder) => described(builder, command), run);
  }
  await parser.parseAsync();
  return code;
}

function described(builder: Argv, { name, describe, options = {}, examples = [], ...command }: Command): Argv {
  const words = [name, command.arguments, '[options]'].filter(Boolean).join(' ');
  return builder
    .usage(`$0 ${words}\n\n${describe}`)
    .options(options)
    .example([...examples].map(([line, says]): [string, string] => [line, says]))
    .demandCommand(0);
}

/** Names the nearest command for a mistyped one, before anything else is complained about. */
function refuseUnknown([first]: readonly string[]): void {
  if (first === undefined || first.startsWith('-')) return;
  const known = commands.map(({ name }) => name);
  if (known.includes(first)) return;
  const meant = nearest(first, known);
  const mend = meant ? `did you mean ${meant}?` : 'stormtest list names the incidents, stormtest --help the commands';
  throw Mistakes.of('usage', `there is no incident and no command "${first}"`, mend);
}

/** Tells the user what went wrong: their mistakes as sentences, our bugs with a stack. */
function toldOf(thrown: unknown, { console }: Surroundings): ExitCode {
  if (thrown instanceof Mistakes) {
    for (const mistake of thrown.list) console.tell(`stormtest: ${sentence(mistake)}`);
    return thrown.exitCode;
  }
  if (thrown instanceof Interrupted) {
    console.tell(`stormtest: ${thrown.message}`);
    return EXIT.interrupted;
  }
  console.tell(
    `stormtest: a bug of ours: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`,
  );
  return EXIT.broken;
}
