import type { Reporter, TestCase, TestModule, TestRunEndReason } from 'vitest/node';

/** Closes the output with one plain line, counted from vitest's own results; names what was skipped or is flaky. */
export default class Counts implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[], reason: TestRunEndReason): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string) => tests.filter((test) => test.result().state === state);
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    // Files that could not be read, hooks that failed, errors outside of any test: each of them fails the run.
    const broken = suites.filter((suite) => suite.errors().length > 0).length + unhandled.length;
    const skipped = inState('skipped');
    for (const line of [...skippedLines(skipped), ...flakyLines(tests)]) console.log(line);
    const failed = inState('failed').length + broken;
    const told = reason === 'failed' ? Math.max(1, failed) : failed;
    console.log(`${inState('passed').length} passed, ${told} failed, ${skipped.length} skipped`);
  }
}

/** A line for each skipped test, but one for a whole suite of them. */
function skippedLines(skipped: readonly TestCase[]): string[] {
  const lines = new Map<string, number>();
  for (const test of skipped) {
    const whole = outermostSkipped(test);
    lines.set(whole, (lines.get(whole) ?? 0) + 1);
  }
  return [...lines].map(([name, count]) => `skipped: ${name}${count > 1 ? ` (${count} tests)` : ''}`);
}

/** A line for each test that failed first and passed when it ran again, with what failed. */
function flakyLines(tests: readonly TestCase[]): string[] {
  const flaky = tests.filter((test) => test.diagnostic()?.flaky);
  return flaky.map((test) => {
    const [why] = test.result().errors ?? [];
    const times = test.diagnostic()?.retryCount === 1 ? 'once' : 'twice';
    return `flaky: ${test.module.relativeModuleId}: ${test.fullName}: failed ${times}: ${why?.message.split('\n', 1)[0] ?? 'no reason told'}`;
  });
}

/** The outermost suite around a test of which nothing ran, or the test itself. */
function outermostSkipped(test: TestCase): string {
  const result = test.result();
  const why = result.state === 'skipped' && result.note ? ` (${result.note})` : '';
  let name = `${test.fullName}${why}`;
  for (let at = test.parent; at.type === 'suite'; at = at.parent) {
    const all = [...at.children.allTests()];
    if (all.every((one) => one.result().state === 'skipped')) name = all.length > 1 ? at.fullName : name;
  }
  return name;
}
