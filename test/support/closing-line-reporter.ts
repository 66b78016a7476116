import type { Reporter, TestModule } from "vitest/node";

/** Prints the closing line that people and machines read: `N passed, N failed`, with `, N skipped` where there are any. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0 };
    for (const module of modules) {
      let own = 0;
      for (const test of module.children.allTests()) {
        const state = test.result().state;
        counts[state === "pending" ? "skipped" : state] += 1;
        own += 1;
      }
      // A module that could not even be collected has no tests and must not pass for that.
      if (module.state() === "failed" && (own === 0 || module.errors().length > 0)) counts.failed += 1;
    }
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
    process.once("exit", () => process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${skipped}\n`));
  }
}
