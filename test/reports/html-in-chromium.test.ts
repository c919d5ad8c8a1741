/// <reference lib="dom" />
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { htmlReport } from '../../reports/html.ts';
import { hostileRun } from '../support/hostile-run.ts';
import { openedPage, startBrowser, type View } from '../support/opened-page.ts';
import { describeWith } from '../support/real-part.ts';
import { collapsedRun, judgedRun, survivedRun } from '../support/report-fixtures.ts';
import { troubledRun } from '../support/troubled-run.ts';

const VIEWS: readonly View[] = [390, 1200].flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, scheme })),
);

/** Texts of plots that a reader sees and that lie over each other. */
function overlapping(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const plot of document.querySelectorAll('.canvas > svg')) {
      const texts = [...plot.querySelectorAll('text')].filter((text) => text.getClientRects().length > 0);
      const boxes = texts.map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
      boxes.forEach((a, place) => {
        for (const b of boxes.slice(place + 1)) {
          const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
          const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
          // Boxes have room above and below their letters; letters touch when boxes share more than a third.
          if (wide > 1 && high > 5) found.push(`${plot.getAttribute('aria-labelledby')}: ${a.text} / ${b.text}`);
        }
      });
    }
    return found;
  });
}

/** What reaches beyond the sides of the screen without being inside something that scrolls by itself. */
function beyondTheSides(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => element.closest('.scroll') === null || element.matches('.scroll'))
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return width > 0 && (left < -1 || right > document.documentElement.clientWidth + 1);
      })
      .map((element) => `${element.tagName} ${element.getAttribute('class')} ${element.textContent?.slice(0, 40)}`),
  );
}

describeWith('chromium', 'the report in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stormtest-report-'));
  const died = judgedRun(collapsedRun());
  const pages = {
    one: [died],
    demonstration: [died, judgedRun(survivedRun())],
    troubled: [troubledRun()],
    endless: [hostileRun('name'.repeat(500))],
  };
  const fileOf = (name: keyof typeof pages) => join(folder, `${name}.html`);
  let browser: Browser;

  beforeAll(async () => {
    for (const name of Object.keys(pages) as (keyof typeof pages)[])
      writeFileSync(fileOf(name), htmlReport(pages[name]));
    browser = await startBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe.each(Object.keys(pages) as (keyof typeof pages)[])('%s', (name) => {
    const file = fileOf(name);

    test.each(VIEWS)(
      'at $width pixels, $scheme: opens without complaint, fits, and no label covers another',
      async (view) => {
        const { page, complaints, requests } = await openedPage(browser, file, view);
        try {
          expect(complaints).toEqual([]);
          expect(requests).toEqual([`file://${file}`]);
          const [scrolled, shown] = await page.evaluate(() => [
            document.documentElement.scrollWidth,
            document.documentElement.clientWidth,
          ]);
          expect(scrolled).toBe(shown);
          expect(shown).toBe(view.width);
          expect(await beyondTheSides(page)).toEqual([]);
          expect(await overlapping(page)).toEqual([]);
        } finally {
          await page.close();
        }
      },
    );
  });

  test('dark is dark and light is light, and text stands out in both', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      const { page } = await openedPage(browser, fileOf('one'), { width: 1200, scheme });
      const faint = await page.evaluate(() => {
        const luminance = (color: string) => {
          const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
            const channel = Number(part) / 255;
            return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const behind = (element: Element | null): string => {
          if (!element) return 'rgb(255, 255, 255)';
          const color = getComputedStyle(element).backgroundColor;
          return color === 'rgba(0, 0, 0, 0)' ? behind(element.parentElement) : color;
        };
        return [...document.querySelectorAll('h1, h2, h3, p, dt, dd, th, td, li, summary, figcaption, .canvas text')]
          .filter((element) => element.getClientRects().length > 0)
          .map((element) => {
            const style = getComputedStyle(element);
            const color = element instanceof SVGElement ? style.fill : style.color;
            const [a, b] = [luminance(color), luminance(behind(element))];
            const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            return { contrast, text: `${element.className} ${element.textContent?.slice(0, 40)}` };
          })
          .filter((one) => one.contrast < 4.5)
          .map(({ text }) => text);
      });
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(Number(paper.match(/\d+/)?.[0])).toSatisfy((red: number) => (scheme === 'dark' ? red < 60 : red > 200));
      // WCAG 2, 1.4.3: text of this size stands out from what is behind it by 4.5 to 1.
      expect(faint).toEqual([]);
      await page.close();
    }
  });

  test('pointing at a plot shows the values of that moment', async () => {
    const { page } = await openedPage(browser, fileOf('one'), { width: 1200, scheme: 'light' });
    const column = await page.$('[aria-labelledby^="people-login"] .ask:nth-of-type(41) rect');
    await column?.hover();
    const told = await page.evaluate(() =>
      [...document.querySelectorAll('.ask text')]
        .filter((text) => text.getClientRects().length > 0)
        .map((text) => text.textContent),
    );
    expect(told).toEqual([expect.stringMatching(/^\d+\ss .* offered \d+ .* good \d+ .* shed \d+ .* failed \d+$/s)]);
    await page.close();
  });

  test('printed, it is on white paper and fits it', async () => {
    const { page } = await openedPage(browser, fileOf('one'), { width: 760, scheme: 'dark' });
    await page.emulateMediaType('print');
    const { red, over } = await page.evaluate(() => ({
      red: Number(getComputedStyle(document.body).backgroundColor.match(/\d+/)?.[0]),
      over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    }));
    expect(red).toBeGreaterThan(200);
    expect(over).toBe(0);
    await page.close();
  });
});
