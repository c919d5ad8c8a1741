import { defineConfig } from 'vitest/config';

/** Files that mostly wait, or compute for a moment: two of them side by side disturb nobody's measurement. */
const TOGETHER = [
  'test/{bench,core,docs,metrics,profiles,reports,score,support}/**/*.test.ts',
  'test/chaos/{faults,guard,intents,manual,placement,placing,process-identity,switched-off}.test.ts',
  'test/chaos/{injectors,toxiproxy}/**/*.test.ts',
  'test/chaos/relay/{faults,lifetime}.test.ts',
  'test/cli/{calibration,detection,target}/**/*.test.ts',
  'test/real/toxiproxy*.test.ts',
  'test/targets/{http,xmpp}/**/*.test.ts',
  'test/targets/janus/{hostile,schema}.test.ts',
  'test/package.test.ts',
];

export default defineConfig({
  test: {
    globalSetup: ['test/support/build.ts'],
    reporters: ['default', './test/support/counts.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Neighbours of the machine make a test late now and then: it runs again, twice at most, and the last lines name it as flaky.
    retry: 2,
    projects: [
      {
        extends: true,
        test: { name: 'together', include: TOGETHER, maxWorkers: 2, sequence: { groupOrder: 0 } },
      },
      {
        // Two cores: files that start servers and load would disturb each other.
        extends: true,
        test: {
          name: 'alone',
          include: ['test/**/*.test.ts'],
          exclude: TOGETHER,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
