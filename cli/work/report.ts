import { dirname } from 'node:path';
import type { ExitCode } from '../../core/exit.ts';
import { EXIT } from '../../core/exit.ts';
import { htmlReport } from '../../reports/html.ts';
import { jsonReport } from '../../reports/json.ts';
import { readRecording } from '../../reports/recording-file.ts';
import { score } from '../../score/score.ts';
import type { Surroundings } from '../commands/command.ts';
import type { OptionReader } from '../options.ts';
import { writeReport } from '../storm/report-file.ts';
import { resultsIn } from '../storm/results.ts';
import { recordingNamed } from './recording-named.ts';

/** Writes the reports of a recording again. */
export async function reportAgain(options: OptionReader, { console }: Surroundings): Promise<ExitCode> {
  const out = options.text('out');
  const path = options.attempt(() => recordingNamed(options.words)) ?? '';
  options.check();
  const { recording, cut } = await readRecording(path);
  if (cut) console.tell(cut);
  const judgement = score(recording);
  const { html, json } = resultsIn(out ?? dirname(path));
  const reports = [
    [html, () => htmlReport([{ recording, score: judgement }])],
    [json, () => `${JSON.stringify(jsonReport(recording, judgement), undefined, 2)}\n`],
  ] as const;
  for (const [file, content] of reports) {
    const unwritten = writeReport(file, content);
    if (unwritten) throw unwritten;
    console.print(file);
  }
  return EXIT.survived;
}
