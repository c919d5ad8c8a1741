import type { ExitCode } from '../../core/exit.ts';
import { jsonReport } from '../../reports/json.ts';
import { readRecording } from '../../reports/recording-file.ts';
import { verdictText } from '../../reports/text.ts';
import { exitCodeOf } from '../../score/exit.ts';
import { score as judge } from '../../score/score.ts';
import type { Surroundings } from '../commands/command.ts';
import type { OptionReader } from '../options.ts';
import { recordingNamed } from './recording-named.ts';

/** Judges a recording again, and answers for it. */
export async function scoreAgain(options: OptionReader, { console }: Surroundings): Promise<ExitCode> {
  const json = options.flag('json');
  const path = options.attempt(() => recordingNamed(options.words)) ?? '';
  options.check();
  const { recording, cut } = await readRecording(path);
  if (cut) console.tell(cut);
  const judgement = judge(recording);
  const { color, width } = console;
  if (json) console.print(JSON.stringify(jsonReport(recording, judgement), undefined, 2));
  else console.print(verdictText(recording, judgement, { color, width }).trimEnd());
  return exitCodeOf(judgement);
}
