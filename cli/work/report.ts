import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ExitCode } from '../../core/exit.ts';
import { EXIT } from '../../core/exit.ts';
import { Mistakes } from '../../core/mistake.ts';
import { htmlReport } from '../../reports/html.ts';
import { jsonReport } from '../../reports/json.ts';
import { readRecording } from '../../reports/recording-file.ts';
import { score } from '../../score/score.ts';
import type { Surroundings } from '../commands/command.ts';
import type { RawOptions } from '../options.ts';
import { OptionReader } from '../options.ts';
import { recordingNamed } from './recording-named.ts';

/** Writes the reports of a recording again. */
export async function reportAgain(raw: RawOptions, { console }: Surroundings): Promise<ExitCode> {
  const options = new OptionReader(raw);
  const out = options.text('out');
  options.check();
  const path = recordingNamed(raw);
  const { recording, cut } = await readRecording(path);
  if (cut) console.tell(cut);
  const folder = out ?? dirname(path);
  const judgement = score(recording);
  const files = { html: join(folder, 'report.html'), json: join(folder, 'report.json') };
  try {
    writeFileSync(files.html, htmlReport([{ recording, score: judgement }]));
    writeFileSync(files.json, `${JSON.stringify(jsonReport(recording, judgement), undefined, 2)}\n`);
  } catch (error) {
    throw Mistakes.of('--out', `cannot write to ${folder}: ${(error as Error).message}`);
  }
  for (const file of Object.values(files)) console.print(file);
  return EXIT.survived;
}
