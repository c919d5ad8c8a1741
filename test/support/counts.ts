import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';

/** Closes the output with one plain line, counted from vitest's own results, and names what was skipped. */
export default class Counts implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[], reason: TestRunEndReason): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string) => tests.filter((test) => test.result().state === state);
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    // Files that could not be read, hooks that failed, errors outside of any test: each of them fails the run.
    const broken = suites.filter((suite) => suite.errors().length > 0).length + unhandled.length;
    const skipped = inState('skipped');
    for (const test of skipped) console.log(`skipped: ${test.fullName}`);
    const failed = inState('failed').length + broken;
    const told = reason === 'failed' ? Math.max(1, failed) : failed;
    console.log(`${inState('passed').length} passed, ${told} failed, ${skipped.length} skipped`);
  }
}
