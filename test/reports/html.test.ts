import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../core/event.ts';
import { points } from '../../reports/format.ts';
import { htmlReport } from '../../reports/html.ts';
import { hostileRun } from '../support/hostile-run.ts';
import { collapsedRun, judgedRun, longPlan, opened, recordingOf, survivedRun } from '../support/report-fixtures.ts';
import { fixedScore } from '../support/report-scores.ts';
import { troubledRun } from '../support/troubled-run.ts';

const died = judgedRun(collapsedRun());
const lived = judgedRun(survivedRun());
const page = htmlReport([died]);
const demonstration = htmlReport([died, lived]);
const banner = 'DEMONSTRATION: your system was not tested';

/** What a reader sees: markup without tags, the style sheet and entities. */
function seen(markup: string): string {
  return markup
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('\u00a0', ' ')
    .replace(/\s+/g, ' ');
}

describe('the page of one run', () => {
  test('says the verdict, the score and the reason before anything else', () => {
    const text = seen(page);
    const order = [
      'Died',
      points(died.score.value ?? Number.NaN),
      died.score.because,
      'The incident',
      'What people got',
      'Gates and components',
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('sets the documented figures beside what was measured', () => {
    for (const { what, documented, measured } of died.score.figures) {
      const row = page.slice(page.indexOf(`<th scope="row">${what}`));
      expect(seen(row.slice(0, row.indexOf('</tr>')))).toBe(
        ` ${what} ${documented} ${measured} `.replaceAll('\u00a0', ' '),
      );
    }
  });

  test('has every plot with a title, a description and its numbers as a table', () => {
    const plots = page.match(/<svg role="img" aria-labelledby="[^"]+"/g) ?? [];
    expect(plots.length).toBeGreaterThan(15);
    for (const plot of plots) {
      const [name = '', desc = ''] = plot.split('"')[3]?.split(' ') ?? [];
      expect(page).toMatch(new RegExp(`<title id="${name}">[^<]{5,}</title><desc id="${desc}">[^<]{5,}</desc>`));
    }
    const tables = page.match(/<details class="numbers">/g) ?? [];
    expect(tables).toHaveLength(plots.length);
  });

  test('has ids that are unique', () => {
    const ids = [...demonstration.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('says how to get the run again', () => {
    expect(page).toContain(
      '<code>stormtest login-storm --target reference:2020 --seed 20200309 --pace quick --scale 1.008</code>',
    );
  });

  test('names the steps of the probe and the mechanism', () => {
    const text = seen(page);
    for (const part of ['METASTABLE', 'restored', 'logins waiting for their password check', 'client', 'target'])
      expect(text).toContain(part);
  });

  test('refers to nothing outside itself and holds no script', () => {
    expect(page).not.toMatch(/<script|\ssrc=|\shref=|@import|url\((?!#)/i);
    expect(page).not.toMatch(/https?:/);
    expect(page).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });

  test('has no demonstration banner', () => {
    expect(page).not.toContain(banner);
  });
});

describe('the page of a demonstration', () => {
  test('begins and ends by saying that no system of the user was tested', () => {
    const text = seen(demonstration.slice(demonstration.indexOf('<body'))).trim();
    expect(text.startsWith(banner)).toBe(true);
    expect(text.endsWith(banner)).toBe(true);
  });

  test('draws both runs on the same axes', () => {
    for (const chart of ['quality', 'people-login', 'latency-login', 'attempts-login', 'mechanism']) {
      const [left, right] = [0, 1].map((place) => plotOf(demonstration, `${chart}-${place}`));
      expect(labelsOf(left).length).toBeGreaterThan(5);
      expect(labelsOf(right)).toEqual(labelsOf(left));
    }
  });

  test('names the runs wherever they stand beside each other', () => {
    expect(seen(demonstration)).toContain('login-storm on reference:2020 and reference:hardened');
    expect(demonstration.match(/<p class="target">/g)).toHaveLength(2);
  });

  test('is reproduced by one command', () => {
    expect(demonstration).toContain('<code>stormtest login-storm --demo --seed 20200309');
  });
});

function plotOf(markup: string, id: string): string {
  const from = markup.indexOf(`<svg role="img" aria-labelledby="${id}-title`);
  expect(from).toBeGreaterThan(0);
  return markup.slice(from, markup.indexOf('</figure>', from));
}

function labelsOf(plot: string | undefined): string[] {
  return [...(plot ?? '').matchAll(/<text class="tick[^>]*>[^<]*/g)].map(([label]) => label);
}

describe('hostile names', () => {
  const evil = '"><img src=x onerror=alert(1)><script>alert(2)</script>\u202e\'&amp;${x}';
  const hostile = htmlReport([hostileRun(evil)]);

  test('are shown, and never become markup', () => {
    expect(hostile).not.toMatch(/<img|<script|\u202e/);
    expect(hostile).toContain('&lt;script&gt;alert(2)&lt;/script&gt;\\u202e&#39;&amp;amp;');
    // Every quote inside an attribute is an entity, so tags end where we end them.
    for (const [tag] of hostile.matchAll(/<[a-z][^<>]*>/gi)) expect((tag.match(/"/g) ?? []).length % 2).toBe(0);
  });

  test('are quoted in the command line', () => {
    expect(hostile).toContain('--target &#39;&quot;&gt;&lt;img');
  });
});

describe('runs that lack something', () => {
  test('a recording of nothing but its opening has a page', () => {
    const recording = recordingOf([opened('a target')]);
    const text = seen(
      htmlReport([
        {
          recording,
          score: fixedScore({
            verdict: 'invalid',
            value: undefined,
            uncapped: undefined,
            quality: [],
            bottleneck: [],
            agreement: [],
            entitlements: [],
            confidence: undefined,
            partial: 'it was cut off at once',
          }),
        },
      ]),
    );
    for (const part of ['Invalid', 'no score', 'it was cut off at once', 'the recording was cut off'])
      expect(text).toContain(part);
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('a run cut off at any moment has a page', () => {
    const events = collapsedRun();
    for (const share of [0.01, 0.2, 0.5, 0.9]) {
      const markup = htmlReport([judgedRun(events.slice(0, Math.floor(share * events.length)))]);
      expect(markup).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  test('deaths, faults and an early end are marked in the plot and told beside it', () => {
    const markup = htmlReport([troubledRun()]);
    expect(seen(markup)).toMatch(
      /A 15 s: latency at database applied: 500 ms .* B 15 s: .* C 25 s: .* lifted: .* D 31 s: gateway ended: exit code 137 E 43 s: interrupted: SIGINT/,
    );
    expect(markup.match(/class="moment-name"/g)).toHaveLength(5);
  });

  test('a silent source leaves a gap instead of a drop', () => {
    const [, line = ''] =
      plotOf(htmlReport([troubledRun()]), 'indicator-login-queue-0').match(/class="line good solid" d="([^"]+)"/) ?? [];
    expect(line.match(/M/g)).toHaveLength(2);
  });

  test('an indicator that stood at 0, or that nobody told, is named without a plot of it', () => {
    const indicators = { 'login.queue': 3, 'join.success': 0 };
    const scrapes = [2_000, 3_000].map(
      (at): RunEvent => ({ kind: 'scrape', at, source: 'gateway', up: 1, took: 2, indicators, series: {} }),
    );
    const markup = htmlReport([{ recording: recordingOf([opened('a target'), ...scrapes]), score: fixedScore() }]);
    const plots = [...markup.matchAll(/<h3 id="indicator-([\w-]+)"/g)].map(([, name]) => name);
    expect(plots).toEqual(['login-queue']);
    expect(seen(markup)).toMatch(/Always 0: join\.success\. Not told: login\.\w/);
  });

  test('moments beyond the letters there are, are counted', () => {
    const deaths = Array.from(
      { length: 30 },
      (_, at): RunEvent => ({ kind: 'death', at: 1_000 * at, process: 'p', says: 's' }),
    );
    const markup = htmlReport([{ recording: recordingOf([opened('a target'), ...deaths]), score: fixedScore() }]);
    expect(markup.match(/class="moment-name"/g)).toHaveLength(26);
    expect(seen(markup)).toContain('4 more are in the recording.');
  });

  test('no runs at all are a mistake of the caller', () => {
    expect(() => htmlReport([])).toThrow(RangeError);
  });
});

test('an hour is shown in steps that say so, and a spike of one second stays to be seen', () => {
  const scrapes = Array.from({ length: 3_600 }, (_, second): RunEvent => {
    const indicators = { 'login.queue': second === 1_801 ? 900 : 0 };
    return { kind: 'scrape', at: second * 1_000, source: 'gateway', up: 1, took: 2, indicators, series: {} };
  });
  const markup = htmlReport([{ recording: recordingOf([opened('a target'), ...scrapes]), score: fixedScore() }]);
  const plot = plotOf(markup, 'indicator-login-queue-0');
  expect(seen(plot)).toContain('Each step shows 5 s');
  // The scale ends at 1,000 and the plot is 96 pixels high: 900 is drawn 9.6 pixels below its top.
  expect(plot).toMatch(/class="band good" d="[^"]* 1802\.5 9\.6/);
});

test('a quarter of an hour stays below a megabyte, and is shown second by second', () => {
  const run = judgedRun(collapsedRun(longPlan()));
  const markup = htmlReport([run]);
  expect((run.recording.closed?.at ?? 0) / 60_000).toBeGreaterThan(13);
  expect(Buffer.byteLength(markup)).toBeLessThan(1_000_000);
  expect(markup).not.toContain('Each step shows');
}, 120_000);
