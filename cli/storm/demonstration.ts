import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, type ExitCode } from '../../core/exit.ts';
import { htmlReport } from '../../reports/html.ts';
import { jsonReport } from '../../reports/json.ts';
import { sideBySideText } from '../../reports/side-by-side.ts';
import { exitCodeFor, tellCut, tellEnding, tellLast } from './ending.ts';
import { type Answer, ratingOf } from './known-answer.ts';
import { writeReport } from './report-file.ts';
import { resultsIn } from './results.ts';
import { type Stormed, type StormRequest, storm } from './storm.ts';

/**
 * Storms the weak variant of the profile's era and then the hardened one, and shows both side by side. Nothing of the
 * user's is tested, and the first and last line say so. Answers 0 when both come to what is known of them.
 */
export async function demonstrate(request: StormRequest, folder: string, json: boolean): Promise<ExitCode> {
  const { profile, console } = request;
  const runs: Stormed[] = [];
  for (const variant of [profile.answers.weak, 'hardened']) {
    console.tell(`DEMONSTRATION: your system was not tested; starting reference:${variant}`);
    const target = `reference:${variant}`;
    // Both are given the same hash cost, so that they differ in their settings alone.
    const calibration = runs[0]?.calibration;
    const executed = await storm({ ...request, target, calibration }, () => resultsIn(join(folder, variant)));
    if (executed.cutShort !== undefined || executed.remaining.length > 0) {
      tellEnding(executed, console);
      tellLast(executed, `after ${target}`, console);
      return exitCodeFor(executed);
    }
    runs.push(executed);
  }
  const [weak, hardened] = runs;
  if (!weak || !hardened) throw new Error('a demonstration has two runs');
  const html = join(folder, 'report.html');
  const unwritten = writeReport(html, () => htmlReport(runs));
  const answers = [
    ratingOf(weak.score, profile.answers, 'weak'),
    ratingOf(hardened.score, profile.answers, 'hardened'),
  ];
  if (json) {
    const reports = runs.map(({ recording, score }) => jsonReport(recording, score));
    console.print(JSON.stringify({ demonstration: true, answers, reports }, undefined, 2));
  } else {
    const written = [html, ...runs.map(({ results }) => results.recording)].filter((file) => existsSync(file));
    console.print(sideBySideText([weak, hardened], { color: console.color, width: console.width, written }).trimEnd());
  }
  tellCut(unwritten, console);
  return unwritten?.exitCode ?? codeOf(answers);
}

/** 0 when every answer is the known one, 99 when one is wrong, 112 when one could not be had. */
export function codeOf(answers: readonly Pick<Answer, 'rating'>[]): ExitCode {
  if (answers.some(({ rating }) => rating === 'wrong')) return EXIT.failed;
  return answers.some(({ rating }) => rating === 'invalid') ? EXIT.unproven : EXIT.survived;
}
