import type { Repeated } from '../core/score.ts';
import { percent, points } from './format.ts';
import { type Line, piece } from './text/line.ts';
import { wrapped } from './text/wrap.ts';
import { type TextOptions, textOf, textWidth } from './text.ts';
import { VERDICTS } from './vocabulary.ts';

/** What several runs say together, for a terminal. */
export function repeatedText(together: Repeated, options: TextOptions): string {
  const { runs, verdict, because, values, median, least, interval, survived, passRate } = together;
  const { word, mark, tone } = VERDICTS[verdict];
  const width = textWidth(options);
  const scores = values.map(points).join(', ') || 'none';
  const spread = interval
    ? `, mean within ${points(interval.low)} and ${points(interval.high)} (95 %)`
    : ', one run alone says nothing of the next (n = 1)';
  const lines: Line[] = [
    [piece(`${mark} ${word} over ${runs} runs`, tone)],
    ...wrapped([piece('  ')], because, width),
    ...wrapped([piece('  ')], `S before the cap: ${scores}${spread}`, width),
    ...(median === undefined || least === undefined
      ? []
      : [[piece(`  median ${points(median)}, least ${points(least)}`)]]),
    [piece(`  ${survived} of ${runs} survived; the true share is at least ${percent(passRate.low)} (95 %, Wilson)`)],
  ];
  return textOf([lines], options.color).trimEnd();
}
