import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { MediaFacts } from '../../../core/media.ts';
import { optionsFor } from '../../../generators/browser/chromium.ts';
import { browserLibrary, type Chrome } from '../../../generators/browser/library.ts';
import { Visit, type VisitTerms } from '../../../generators/browser/visit.ts';
import { REACH, sum } from '../../support/browser.ts';
import { describeWith, pathOf } from '../../support/real-part.ts';
import { CALL_PAGE, servePage } from '../../support/rtc-page.ts';

/** A figure claimed to a point needs 5,000 packets; with so many chance alone is four times less than that. */
const ENOUGH = 9_000;

describeWith('chromium', 'the network of a page', () => {
  test('loses 5 % and takes 40 ms longer in each direction, as declared and by getStats', {
    timeout: 60_000,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stormtest-impaired-'));
    const page = await servePage(CALL_PAGE);
    const chrome = (await (
      await browserLibrary()
    ).launch({
      ...{ executablePath: pathOf('chromium') ?? '', userDataDir: folder, pipe: true, acceptInsecureCerts: false },
      ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false, timeout: 30_000 },
      ...{ args: optionsFor(['127.0.0.1'], REACH), defaultViewport: { width: 400, height: 300 } },
    })) as Chrome & { close(): Promise<void> };
    const called = async (role: string, terms: VisitTerms) => {
      const visit = await Visit.open(chrome, terms, () => {});
      await visit.walk(
        [
          { does: 'goto', url: `${page.url}/` },
          { does: 'evaluate', script: `void call('${role}')` },
        ],
        20_000,
      );
      return visit;
    };
    try {
      const sender = await called('send', {});
      const heard = await called('hear', { network: { loss: 0.05, delay: 40 } });
      await Promise.all([sender, heard].map((visit) => visit.walk([{ does: 'wait', selector: '#connected' }], 20_000)));
      heard.attend();
      await sleep(1_000);
      await heard.facts();
      const facts: MediaFacts[] = [];
      for (let second = 0; second < 30 && sum(facts, ({ audio }) => audio.packets) < ENOUGH; second += 1) {
        await sleep(1_000);
        const one = await heard.facts();
        if (one) facts.push(one);
      }
      const [packets, lost] = [sum(facts, ({ audio }) => audio.packets), sum(facts, ({ audio }) => audio.lost)];
      expect(packets).toBeGreaterThanOrEqual(ENOUGH);
      expect((lost / (lost + packets)) * 100).toBeGreaterThan(4);
      expect((lost / (lost + packets)) * 100).toBeLessThan(6);
      // Whatever else a busy machine does only adds to it.
      const way = Math.min(...facts.flatMap(({ audioDelay }) => audioDelay ?? []));
      expect(way).toBeGreaterThanOrEqual(35);
      expect(way).toBeLessThanOrEqual(45);
    } finally {
      await chrome.close();
      page.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});
