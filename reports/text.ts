import type { Recording } from '../core/recording.ts';
import type { Score } from '../core/score.ts';
import { components } from './text/components.ts';
import { figures, findings } from './text/findings.ts';
import { gates } from './text/gates.ts';
import { headline, subject } from './text/headline.ts';
import { type Line, piece, rendered } from './text/line.ts';
import { wrapped } from './text/wrap.ts';

export interface TextOptions {
  /** Whether to use terminal colours; everything can be read without them. */
  readonly color: boolean;
  /** Columns of the terminal; used between 40 and 100. */
  readonly width: number;
  /** Where the recording and the reports are, to be named at the end. */
  readonly written?: readonly string[];
}

/** The verdict for a terminal: first what can be read in five seconds, then everything that supports it. */
export function verdictText(recording: Recording, score: Score, options: TextOptions): string {
  const width = textWidth(options);
  const judged = { recording, score };
  const { incident } = recording.plan.profile;
  const sections: readonly (readonly Line[])[] = [
    subject(judged, width),
    headline(judged, width),
    titled('Judged on', components(score.components, width)),
    titled('Gates', gates(score.gates, width)),
    titled('How far to trust this', findings(judged, width)),
    titled(`Beside the incident of ${incident.date}`, figures(score.figures, width)),
    next(options.written ?? [], width),
  ];
  return textOf(sections, options.color);
}

/** The columns that are really used: lines over 100 are hard to read, columns under 40 hold no sentence. */
export function textWidth({ width }: TextOptions): number {
  return Math.max(40, Math.min(100, Math.floor(width)));
}

/** A heading over its lines, or nothing over nothing. */
export function titled(title: string, lines: readonly Line[]): readonly Line[] {
  return lines.length === 0 ? [] : [[piece(title, 'bold')], ...lines];
}

/** The last section: what to look at now. */
export function next(written: readonly string[], width: number): readonly Line[] {
  return titled(
    'Next',
    written.flatMap((path) => wrapped([piece('  ')], path, width)),
  );
}

/** Sections with an empty line between them, ending with a newline. */
export function textOf(sections: readonly (readonly Line[])[], color: boolean): string {
  const shown = sections.filter((lines) => lines.length > 0);
  return `${shown.map((lines) => lines.map((line) => rendered(line, color)).join('\n')).join('\n\n')}\n`;
}
