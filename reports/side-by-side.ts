import type { Judged } from './judged.ts';
import { components } from './text/components.ts';
import { figures, findings } from './text/findings.ts';
import { gates } from './text/gates.ts';
import { headline, subject } from './text/headline.ts';
import { type Line, padded, piece } from './text/line.ts';
import { next, type TextOptions, textOf, titled } from './text.ts';
import { DEMONSTRATION } from './vocabulary.ts';

const GAP = 4;
/** Below, two columns hold no sentences and the runs stand one under the other. */
const LEAST_FOR_COLUMNS = 84;

/**
 * A demonstration for a terminal: the weak variant and the hardened one, as two columns where there is room. The first
 * and the last line say that no system of the user was tested.
 */
export function sideBySideText(runs: readonly [Judged, Judged], options: TextOptions): string {
  const width = Math.max(40, Math.min(160, Math.floor(options.width)));
  const columns = width >= LEAST_FOR_COLUMNS;
  const each = columns ? Math.floor((width - GAP) / 2) : width;
  const rows: readonly ((run: Judged) => readonly Line[])[] = [
    (run) => subject(run, each),
    (run) => headline(run, each),
    ({ score }) => titled('Judged on', components(score.components, each)),
    ({ score }) => titled('Gates', gates(score.gates, each)),
    (run) => titled('How far to trust this', findings(run, each)),
    ({ recording, score }) =>
      titled(`Beside the incident of ${recording.plan.profile.incident.date}`, figures(score.figures, each)),
  ];
  const [left, right] = runs;
  const sections = columns
    ? rows.map((row) => beside(row(left), row(right), each))
    : [left, right].flatMap((run) => rows.map((row) => row(run)));
  const frame: readonly Line[] = [[piece(DEMONSTRATION, 'warn')]];
  return textOf([frame, ...sections, next(options.written ?? [], width), frame], options.color);
}

function beside(left: readonly Line[], right: readonly Line[], each: number): readonly Line[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, place) => [
    ...padded(left[place] ?? [], each + GAP),
    ...(right[place] ?? []),
  ]);
}
