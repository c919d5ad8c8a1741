import yargs, { type Argv } from 'yargs';
import { EXIT, type ExitCode } from '../core/exit.ts';
import { type Mistake, Mistakes } from '../core/mistake.ts';
import { nearest } from '../core/nearest.ts';
import { brokenCode, tellBroken } from './broken.ts';
import type { Command, Surroundings } from './commands/command.ts';
import { commands } from './commands/index.ts';
import { tellRemaining, Uncleaned } from './faults/remaining.ts';
import { version } from './machine.ts';
import { OptionReader, type RawOptions } from './options.ts';

const USAGE = `$0 <incident> --target <URL or NAME>

Makes a documented conferencing disaster happen to your system, in small and on purpose,
and says whether it would have survived.`;

const EPILOGUE = `Exit codes: 0 survived, 99 degraded or died, 104 usage, 105 interrupted, 107 a journey's own bug,
108 halted, 111 target not ready, 112 nothing proven, 113 clean-up failed, 1 our bug or the machine's.`;

/** Everything is read as it was written; what it means, and what is wrong with it, is for OptionReader to say. */
const PLAIN = {
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'boolean-negation': false,
  'camel-case-expansion': false,
  'dot-notation': false,
} as const;

/** Runs one command line and gives what the process answers; never rejects. */
export async function answerTo(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  try {
    return await obeyed(args, surroundings);
  } catch (thrown) {
    return toldOf(thrown, surroundings.console);
  }
}

async function obeyed(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let code: ExitCode | undefined;
  const parser = yargs([...args])
    .scriptName('stormtest')
    .usage(USAGE)
    .epilogue(EPILOGUE)
    .version(version())
    .help()
    .alias('help', 'h')
    .parserConfiguration(PLAIN)
    .exitProcess(false)
    .wrap(Math.min(110, surroundings.console.width))
    .fail((message, error) => {
      throw error ?? Mistakes.of('usage', message, 'stormtest --help lists everything');
    });
  for (const command of commands) {
    const run = async (raw: RawOptions) => {
      if (command.recovers) await recovered(surroundings);
      code = await command.run(readerOf(raw, command), surroundings);
    };
    parser.command(command.name, command.describe, (builder) => described(builder, command), run);
  }
  const { help, version: asked, ...raw } = (await parser.parseAsync()) as RawOptions;
  // Help and version were printed by the parser, which runs no command then.
  if (code === undefined && !help && !asked) throw unknownCommand(wordsOf(raw)[0]);
  return code ?? EXIT.survived;
}

/** Loaded when it is needed: it brings the whole of chaos along. */
async function recovered({ env, console }: Surroundings): Promise<void> {
  const { recoverFirst } = await import('./faults/recover.ts');
  await recoverFirst(env, console);
}

function described(builder: Argv, { name, describe, options = {}, examples = [], ...command }: Command): Argv {
  const words = [name, command.arguments, '[options]'].filter(Boolean).join(' ');
  return builder
    .usage(`$0 ${words}\n\n${describe}`)
    .options(options)
    .example([...examples].map(([line, says]): [string, string] => [line, says]));
}

function wordsOf({ _: words }: RawOptions): readonly string[] {
  return Array.isArray(words) ? words.map(String) : [];
}

/** Hands a command what was written behind its name, together with what does not belong there. */
function readerOf(raw: RawOptions, command: Command): OptionReader {
  const [, ...words] = wordsOf(raw);
  return new OptionReader(raw, words, [...surplus(words, command), ...unknownOptions(raw, command)]);
}

function* surplus(words: readonly string[], { name, arguments: taken }: Command): Generator<Mistake> {
  const most = taken === undefined ? 0 : taken.endsWith('..]') ? words.length : 1;
  for (const word of words.slice(most))
    yield { where: 'usage', what: `${name} cannot do anything with "${word}"`, mend: `stormtest ${name} --help` };
}

/** What the parser itself adds to the options of a command. */
const ADDED = ['_', '$0', 'help', 'h', 'version'];

function* unknownOptions(raw: RawOptions, { name, options = {} }: Command): Generator<Mistake> {
  const known = Object.keys(options);
  for (const option of Object.keys(raw)) {
    if (known.includes(option) || ADDED.includes(option)) continue;
    const meant = nearest(option, known);
    const mend = meant ? `did you mean --${meant}?` : `stormtest ${name} --help lists what there is`;
    yield { where: `${option.length > 1 ? '--' : '-'}${option}`, what: 'is no option of this command', mend };
  }
}

function unknownCommand(word: string | undefined): Mistakes {
  if (word === undefined)
    return Mistakes.of('usage', 'no incident and no command was named', 'stormtest --help lists everything');
  const known = commands.map(({ name }) => name);
  const meant = nearest(word, known);
  const mend = meant ? `did you mean ${meant}?` : 'stormtest list names the incidents, stormtest --help the commands';
  return Mistakes.of('usage', `there is no incident and no command "${word}"`, mend);
}

/** Tells what went wrong, and what could not be put back because of it. */
function toldOf(thrown: unknown, console: Surroundings['console']): ExitCode {
  if (thrown instanceof Uncleaned) {
    if (thrown.cause !== undefined) toldOf(thrown.cause, console);
    tellRemaining(thrown.remaining, console);
    return EXIT.uncleaned;
  }
  tellBroken(thrown, console);
  return brokenCode(thrown);
}
