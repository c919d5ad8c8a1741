import { afterEach, expect, test } from 'vitest';
import { chromiumIn } from '../../../generators/browser/chromium.ts';
import { type Browsing, browsing } from '../../support/browser.ts';
import { descendantsOf } from '../../support/descendants.ts';
import { eventually } from '../../support/prometheus.ts';
import { describeWith } from '../../support/real-part.ts';
import { foldersLeft, isAlive, useOwnTemporaryFolder } from '../../support/remains.ts';

describeWith('chromium', 'the browser of a run', () => {
  useOwnTemporaryFolder();
  const begun: Browsing[] = [];
  afterEach(() => {
    for (const one of begun.splice(0)) one.stop();
  });
  const started = async () => {
    const own = browsing();
    begun.push(own);
    await own.wire.ready();
    const page = await own.wire.open({ giveUpAt: performance.now() + 20_000 });
    const pid = own.child().pid ?? Number.NaN;
    const all = descendantsOf(pid);
    expect(all.length).toBeGreaterThan(2);
    expect(foldersLeft().filter((name) => name.startsWith('stormtest-browser-'))).toHaveLength(1);
    return { own, page, all };
  };
  const allGone = (all: readonly number[]) => eventually('every process is gone', () => !all.some(isAlive));

  test('ends with whoever started it, however that ends, and takes its folder with it', async () => {
    const { own, all } = await started();
    // All that a process hears of the one that started it and was killed.
    own.child().disconnect();
    await allGone(all);
    expect(foldersLeft().filter((name) => name.startsWith('stormtest-browser-'))).toEqual([]);
  });

  test('ends when the process that has it is killed, and the next one takes the folder away', async () => {
    const { own, page, all } = await started();
    const gone = new Promise((resolve) => own.wire.attend(page.seat, who, 1e9).then(({ lost }) => lost.catch(resolve)));
    own.child().kill('SIGKILL');
    await allGone(all);
    expect(await gone).toMatchObject({ name: 'Exhausted' });
    await started();
  });
});

const who = { meeting: 'any', size: 2, camera: false, who: 1 };

test('whoever has no browser is told how to get one', () => {
  expect(() => chromiumIn({ CHROME_PATH: '/nowhere/chrome' })).toThrow(/CHROME_PATH names \/nowhere\/chrome/);
});
