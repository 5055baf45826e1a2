/** A Vitest reporter: says each failure when it happens, nothing else, and writes the counts to PENNON_COUNTS. */
import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node';
import { PART_ENDS } from './parts.ts';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

interface Failure {
  readonly message: string;
  readonly stack?: string | undefined;
  readonly diff?: string | undefined;
}

export default class FailuresReporter implements Reporter {
  #passed = 0;
  #failed = 0;

  onTestCaseResult(test: TestCase): void {
    const { state, errors } = test.result();
    if (state === 'passed') this.#passed += 1;
    if (state === 'failed') this.#fail(`${test.module.relativeModuleId} › ${test.fullName}`, errors ?? []);
  }

  onTestSuiteResult(suite: TestSuite): void {
    const errors = suite.errors();
    if (errors.length > 0) this.#fail(`${suite.module.relativeModuleId} › ${suite.fullName}`, errors);
  }

  onTestModuleEnd(module: TestModule): void {
    const errors = module.errors();
    if (errors.length > 0) this.#fail(module.relativeModuleId, errors);
  }

  onTestRunEnd(_modules: readonly TestModule[], unhandled: readonly Failure[]): void {
    if (unhandled.length > 0) this.#fail('outside of any test', unhandled);
    const counts: Counts = { passed: this.#passed, failed: this.#failed };
    writeFileSync(process.env.PENNON_COUNTS!, JSON.stringify(counts));
  }

  #fail(where: string, errors: readonly Failure[]): void {
    this.#failed += 1;
    const what = errors.map(({ message, stack, diff }) => [message, diff, ownLines(stack)].filter(Boolean).join('\n'));
    process.stdout.write(`\n  ✗ ${where}\n${what.join('\n').replaceAll(/^/gm, '      ')}\n\n${PART_ENDS}`);
  }
}

/** Of a stack, the lines that are ours. */
const ownLines = (stack: string | undefined): string =>
  (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line) && !line.includes('node_modules') && !line.includes('node:'))
    .slice(0, 4)
    .join('\n');
