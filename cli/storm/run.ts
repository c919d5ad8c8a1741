import { join } from 'node:path';
import type { ExitCode } from '../../core/exit.ts';
import type { Profile } from '../../core/profile.ts';
import { jsonReport } from '../../reports/json.ts';
import { repeatedText } from '../../reports/repeated-text.ts';
import { verdictText } from '../../reports/text.ts';
import { exitCodeOf } from '../../score/exit.ts';
import { repeated } from '../../score/repeated.ts';
import type { Surroundings } from '../commands/command.ts';
import type { Console } from '../console.ts';
import { interruption } from '../interruption.ts';
import type { OptionReader } from '../options.ts';
import { demonstrate } from './demonstration.ts';
import { exitCodeFor, filesOf, tellEnding, tellLast } from './ending.ts';
import { readStorm, requestOf, type StormCommand } from './read.ts';
import { resultsIn } from './results.ts';
import { type Stormed, type StormRequest, storm } from './storm.ts';

/** Does what a storm command says: one run, several, or the demonstration. */
export async function runStorm(
  profile: Profile,
  options: OptionReader,
  { console, env }: Surroundings,
): Promise<ExitCode> {
  const command = readStorm(profile, options, env);
  const stopping = interruption(console.tell);
  try {
    const request = requestOf(command, stopping, console);
    const { folder } = command;
    if (request.target?.startsWith('reference:')) console.tell(`starting ${request.target}`);
    if (command.demo) return await demonstrate(request, folder, command.json);
    if (command.repeat > 1) return await repeatedly(request, folder, command);
    const executed = await storm(request, () => resultsIn(folder));
    tell(executed, command.json, console);
    return exitCodeFor(executed);
  } finally {
    stopping.dispose();
  }
}

async function repeatedly(request: StormRequest, folder: string, { repeat, json }: StormCommand): Promise<ExitCode> {
  const { console } = request;
  const runs: Stormed[] = [];
  for (let number = 1; number <= repeat; number += 1) {
    const executed = await storm(request, () => resultsIn(join(folder, String(number))));
    runs.push(executed);
    if (executed.cutShort !== undefined || executed.remaining.length > 0) {
      tell(executed, json, console);
      tellLast(executed, `after run ${number} of ${repeat}`, console);
      return exitCodeFor(executed);
    }
    if (!json) tell(executed, json, console);
  }
  const together = repeated(runs.map(({ score }) => score));
  const reports = runs.map(({ recording, score }) => jsonReport(recording, score));
  console.print(json ? JSON.stringify({ repeated: together, reports }, undefined, 2) : repeatedText(together, console));
  return exitCodeOf(together);
}

/** Prints the verdict of one run. */
function tell(executed: Stormed, json: boolean, console: Console): void {
  const { recording, score, results } = executed;
  const { print, color, width } = console;
  if (json) print(JSON.stringify(jsonReport(recording, score), undefined, 2));
  else print(verdictText(recording, score, { color, width, written: filesOf(results) }).trimEnd());
  tellEnding(executed, console);
}
