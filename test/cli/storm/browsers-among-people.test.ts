import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { chosenIn } from '../../../bench/ours/loaded.ts';
import { guardOf } from '../../../chaos/guard.ts';
import { quietProgress } from '../../../cli/progress/quiet.ts';
import { resultsIn } from '../../../cli/storm/results.ts';
import { steady } from '../../../core/curve.ts';
import { EXIT } from '../../../core/exit.ts';
import type { Plan } from '../../../core/plan.ts';
import { plan } from '../../../core/planning/plan.ts';
import type { Target } from '../../../core/target.ts';
import { peopleOf } from '../../../generators/people.ts';
import { enterpriseCascade } from '../../../profiles/enterprise-cascade.ts';
import type { JsonReport } from '../../../reports/json.ts';
import { referenceDeclaration } from '../../../targets/reference/declaration.ts';
import { answered } from '../../support/answered.ts';
import { describeWith, pathOf } from '../../support/real-part.ts';
import { describeWithReference, PATIENCE, startForTest } from '../../support/reference.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';
import { STEPS } from '../../support/web-client-steps.ts';

const folder = temporaryFolders();
/** As the command runs it: with the workers that are built. */
const built: typeof import('../../../cli/storm/execute.ts') = await import(
  new URL('../../../dist/cli/storm/execute.js', import.meta.url).href
);

const COUNT = 3;
const END = 14_000;

/** One meeting of three for a few seconds, as no profile has it: what is looked at is all that a run leaves. */
function shortRun({ operations }: Pick<Target, 'operations'>): Plan {
  const made = plan(enterpriseCascade, { operations });
  const [scenario] = made.scenarios;
  if (!scenario) throw new Error('it storms nobody');
  return {
    ...made,
    phases: [
      { name: 'warm-up', from: 0, to: 1_000 },
      { name: 'baseline', from: 1_000, to: 3_000 },
      { name: 'storm', from: 3_000, to: END - 1_000 },
      { name: 'recovery', from: END - 1_000, to: END },
    ],
    scenarios: [
      {
        ...scenario,
        ...{ curve: [steady(0, 500, COUNT * 2)], maxVUs: 10, signedIn: COUNT },
        meetings: { count: 1, cameras: 1, rungs: [{ at: 0, size: COUNT }], until: END },
      },
    ],
    cohorts: [{ name: scenario.cohort, role: 'primary' }],
    components: ['absorb', 'recover', 'floor'],
    faults: [],
    bounds: { ...made.bounds, arrivals: COUNT, inFlight: 10, length: END },
  };
}

describeWith('chromium', 'a run with a browser among native people', () => {
  describeWithReference('of the reference target', () => {
    afterAll(() => vi.unstubAllEnvs());

    test('is judged and reported to its end, with what it saw told apart and a picture beside the recording', {
      timeout: PATIENCE,
    }, async () => {
      vi.stubEnv('CHROME_PATH', pathOf('chromium'));
      const people = peopleOf({ from: 'seed', count: COUNT }, 1);
      const accounts = Array.from({ length: COUNT }, (_, index) => people.person(index));
      const reference = await startForTest('2020', { media: true, accounts });
      const [place, out] = [folder(), join(folder(), 'out')];
      const browser = { pages: 1, steps: STEPS, measure: 'conference.received()' };
      const mine = { ...referenceDeclaration(reference), people: { count: COUNT }, browser };
      const config = join(place, 'stormtest.config.yaml');
      writeFileSync(config, stringify({ targets: { mine } }));
      const chosen = await chosenIn(config, 'mine');
      const made = shortRun(chosen.target);
      const guard = guardOf(join(place, 'intents'), 'short-run');
      const { recording, cutShort } = await built.execute({
        ...{ plan: made, chosen, guard, results: () => resultsIn(out) },
        progress: quietProgress(made, 'mine', () => {}),
        stop: new AbortController().signal,
      });
      guard.close();
      expect(cutShort).toBeUndefined();

      // Everybody came, and one of them by the page.
      expect(recording.media.reduce((sum, { comings }) => sum + (comings?.admitted ?? 0), 0)).toBeGreaterThanOrEqual(
        COUNT,
      );
      const told = recording.media.filter(({ browsers }) => browsers);
      expect(told.length).toBeGreaterThan(5);
      expect(told.every(({ browsers }) => browsers?.participants === 1)).toBe(true);

      // The command line tells all of it from what the run has left.
      const verdict = await answered(['score', out]);
      expect(verdict.stdout).toMatch(/in browsers it held for/);
      expect((await answered(['report', out])).code).toBe(EXIT.survived);
      const report: JsonReport = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
      const [storm] = report.media.filter(({ phase }) => phase === 'storm');
      expect(storm?.decodedFrames).toBeGreaterThan(0);
      expect(storm?.browsers?.participantSeconds).toBeGreaterThan(3);
      expect(storm?.browsers?.participantSeconds).toBeLessThan(storm?.participantSeconds ?? 0);
      const pictures = readdirSync(out).filter((file) => /^browser-\d+-storm-\d+s\.jpg$/.test(file));
      expect(pictures).toHaveLength(1);
      expect(
        readFileSync(join(out, pictures[0] ?? ''))
          .subarray(0, 3)
          .toString('hex'),
      ).toBe('ffd8ff');
      expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('at the height of the storm: in the meeting');
    });
  });
});
