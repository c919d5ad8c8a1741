import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { liveProgress } from '../../cli/progress/live.ts';
import { paintFor } from '../../cli/progress/paint.ts';
import { quietProgress } from '../../cli/progress/quiet.ts';
import { cut, lengthOf, type Screen, screenOf } from '../../cli/progress/screen.ts';
import type { RunEvent } from '../../core/event.ts';
import { collapsedRun, stormPlan } from '../support/report-fixtures.ts';

const plain = paintFor({}, {});
const coloured = paintFor({ isTTY: true }, {});

/** A screen of a width that keeps what was shown last. */
function keptScreen(columns: number): Screen & { readonly shown: () => readonly string[] } {
  let last: readonly string[] = [];
  return {
    columns,
    show: (lines) => {
      last = lines;
    },
    tell: () => {},
    clear: () => {
      last = [];
    },
    shown: () => last,
  };
}

const moment = (event: RunEvent) => ('at' in event ? event.at : 'second' in event ? event.second * 1_000 : 0);

describe('the live view', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** What is seen when a collapsed storm has come to a moment. */
  function seenAt(ms: number, more: readonly RunEvent[] = []): string {
    const screen = keptScreen(100);
    const progress = liveProgress(stormPlan(), 'reference:2020', screen, plain);
    for (const event of [...collapsedRun().filter((event) => moment(event) <= ms), ...more]) progress.show(event);
    vi.advanceTimersByTime(300);
    const lines = screen.shown();
    progress.end();
    expect(screen.shown()).toEqual([]);
    return lines.join('\n');
  }

  test('says that it gets ready before anything has happened', () => {
    expect(seenAt(-1)).toMatch(/^ {2}getting ready$/m);
  });

  test('shows who was served and who was not, by when they were due', () => {
    const calm = seenAt(12_000);
    expect(calm).toMatch(/█/);
    expect(calm).not.toMatch(/░/);
    const collapsed = seenAt(40_000);
    expect(collapsed).toMatch(/░{5}/);
    expect(collapsed).toMatch(/recovery 1\d of 24 s/);
    expect(collapsed).toMatch(/login\.queue\.departed [1-9]\d+/);
  });

  test('follows the probe', () => {
    const last = collapsedRun().filter(({ kind }) => kind === 'phase');
    expect(last.some((event) => event.kind === 'phase' && event.name === 'probe')).toBe(true);
    expect(seenAt(60_000)).toMatch(/recovery › probe: base load cut to \d+ %$/m);
    expect(seenAt(60_000)).toMatch(/0:\d\d of 0:49 and on|1:0\d of 0:49 and on/);
  });

  test('names a source that does not answer, and arrivals that were dropped', () => {
    const health = collapsedRun().findLast(
      (event) => event.kind === 'health' && event.worker === 0 && moment(event) <= 20_000,
    );
    const bin = collapsedRun().find((event) => event.kind === 'bin' && event.cohort === 'everybody');
    if (!health || bin?.kind !== 'bin') throw new Error('the simulation tells neither health nor bins');
    const seen = seenAt(20_000, [
      { kind: 'scrape', at: 20_000, source: 'gateway', up: 0, took: 1, error: 'refused', indicators: {}, series: {} },
      { ...bin, second: 20, dropped: 7 },
      health,
    ]);
    expect(seen).toMatch(/target {5}gateway does not answer scrapes/);
    expect(seen).toMatch(/dropped 7\/s/);
  });
});

describe('the quiet view', () => {
  test('is one line for each phase and one every ten seconds', () => {
    const lines: string[] = [];
    const progress = quietProgress(stormPlan(), 'reference:2020', (line) => lines.push(line));
    for (const event of collapsedRun()) progress.show(event);
    progress.end();
    expect(lines[0]).toBe('login-storm against reference:2020');
    for (const name of ['warm-up', 'baseline', 'storm', 'recovery', 'verification'])
      expect(lines.filter((line) => line.endsWith(`: ${name}`))).toHaveLength(1);
    expect(lines.some((line) => / s: probe hold at 50 %$/.test(line))).toBe(true);
    const told = lines.filter((line) => line.includes('offered'));
    expect(told.length).toBeGreaterThan(5);
    expect(told.length).toBeLessThan(15);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
    expect(lines.join('')).not.toMatch(/\u001b/);
  });
});

describe('a screen', () => {
  function terminal(columns: number, rows: number) {
    const sent: string[] = [];
    const out = { columns, rows, write: (text: string) => sent.push(text) > 0 };
    return { screen: screenOf(out), sent };
  }

  test('draws over what it drew, and words stay above it', () => {
    const { screen, sent } = terminal(20, 10);
    screen.show(['one', 'two']);
    screen.tell('hello');
    screen.show(['three']);
    screen.clear();
    expect(sent).toEqual([
      '\u001b[?25lone\u001b[K\ntwo\u001b[K\n\u001b[0J',
      '\u001b[2A\r\u001b[0Jhello\none\u001b[K\ntwo\u001b[K\n\u001b[0J',
      '\u001b[2A\rthree\u001b[K\n\u001b[0J',
      '\u001b[1A\r\u001b[0J\u001b[?25h',
    ]);
  });

  test('cuts what does not fit, and leaves out what has no row', () => {
    const { screen, sent } = terminal(10, 3);
    screen.show(['0123456789', 'b', 'c']);
    expect(sent).toEqual(['\u001b[?25l01234567…\u001b[K\nb\u001b[K\n\u001b[0J']);
  });

  test('counts characters, not the colours between them', () => {
    const text = `${coloured.good('good')} and ${coloured.bad('bad')}`;
    expect(lengthOf(text)).toBe('good and bad'.length);
    expect(cut(text, 12)).toBe(text);
    expect(lengthOf(cut(text, 11))).toBe(11);
    expect(cut(text, 7)).toBe('\u001b[32mgood\u001b[0m a…\u001b[31m\u001b[0m');
  });
});
