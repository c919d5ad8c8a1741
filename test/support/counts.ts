import type { Reporter, TestModule } from 'vitest/node';

/** Closes the output with one plain line, counted from vitest's own results, and names what was skipped. */
export default class Counts implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string) => tests.filter((test) => test.result().state === state);
    const broken = modules.filter((module) => module.errors().length > 0).length + unhandled.length;
    const skipped = inState('skipped');
    for (const test of skipped) console.log(`skipped: ${test.fullName}`);
    const failed = inState('failed').length + broken;
    console.log(`${inState('passed').length} passed, ${failed} failed, ${skipped.length} skipped`);
  }
}
