import { describe, expect, test } from 'vitest';
import type { Judged } from '../../reports/judged.ts';
import { sideBySideText } from '../../reports/side-by-side.ts';
import { collapsedRun, judgedRun, survivedRun } from '../support/report-fixtures.ts';

const runs: readonly [Judged, Judged] = [judgedRun(collapsedRun()), judgedRun(survivedRun())];
const framed = 'DEMONSTRATION: your system was not tested';

describe.each([120, 84, 60])('at %i columns', (width) => {
  const text = sideBySideText(runs, { color: false, width, written: ['results/report.html'] });
  const lines = text.trimEnd().split('\n');

  test('the first and the last line say that no system of the user was tested', () => {
    expect([lines[0], lines.at(-1)]).toEqual([framed, framed]);
  });

  test('both verdicts are there, the weak variant first', () => {
    expect(text.indexOf('✕ DIED')).toBeGreaterThan(0);
    expect(text.indexOf('✓ SURVIVED')).toBeGreaterThan(text.indexOf('✕ DIED'));
    expect(text).toContain('results/report.html');
  });

  test('no line is wider than the terminal', () => {
    for (const line of lines) expect([...line].length).toBeLessThanOrEqual(width);
  });
});

test('with room the verdicts stand on one line, and without it one under the other', () => {
  const verdicts = (width: number) =>
    sideBySideText(runs, { color: false, width })
      .split('\n')
      .filter((line) => /DIED|SURVIVED/.test(line)).length;
  expect([verdicts(120), verdicts(60)]).toEqual([1, 2]);
});

test('the columns begin at the same place in every line', () => {
  const lines = sideBySideText(runs, { color: false, width: 120 }).split('\n');
  const second = lines.find((line) => line.includes('SURVIVED'))?.indexOf('✓') ?? 0;
  const heads = lines.filter((line) => line.startsWith('Gates') || line.startsWith('Judged on'));
  expect(heads.map((line) => line.search(/(?<=\s{4})[GJ]/))).toEqual([second, second]);
});

test('colour changes nothing but the colour', () => {
  const [plain, coloured] = [false, true].map((color) => sideBySideText(runs, { color, width: 120 }));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is how terminal colours begin
  expect(coloured?.replace(/\u001b\[[\d;]*m/g, '').replace(/ +$/gm, '')).toBe(plain);
});
