import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FullConfig, Reporter, Suite, TestCase, TestResult, TestError } from '@playwright/test/reporter';

/** What one run of journeys came to. */
export interface Outcome {
  passed: string[];
  failed: string[];
  /** What went wrong outside of all journeys. */
  errors: string[];
}

/** Names the file that the outcome is written to. */
export const outcomeVariable = 'MARGINALIA_JOURNEYS_OUTCOME';

/** A line a journey, with its time; of a failing one also the reason. */
export default class JourneyReporter implements Reporter {
  readonly #outcome: Outcome = { passed: [], failed: [], errors: [] };

  onBegin(_config: FullConfig, suite: Suite): void {
    console.log(`${suite.allTests().length} journeys`);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const passed = result.status === 'passed';
    (passed ? this.#outcome.passed : this.#outcome.failed).push(test.title);
    console.log(`${passed ? '✔' : '✖'} ${test.title} (${(result.duration / 1000).toFixed(1)} s)`);
    for (const error of result.errors) console.log(described(error));
  }

  onError(error: TestError): void {
    this.#outcome.errors.push(described(error));
    console.log(described(error));
  }

  onEnd(): void {
    const file = process.env[outcomeVariable];
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(this.#outcome));
  }

  printsToStdio(): boolean {
    return true;
  }
}

function described(error: TestError): string {
  return error.stack ?? error.message ?? error.value ?? 'It failed without a word.';
}
