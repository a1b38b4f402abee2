import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { FullConfig, Reporter, Suite, TestCase, TestResult, TestError } from '@playwright/test/reporter';
import { processorAnnotation } from './processorTime.ts';

export interface Failure {
  name: string;
  /** The first line of what went wrong, and where. */
  reason: string;
}

/** What one run came to. */
export interface Outcome {
  passed: string[];
  failed: Failure[];
  /** What went wrong outside of all tests. */
  errors: string[];
}

/** Names the file that the outcome is written to. */
export const outcomeVariable = 'MARGINALIA_BROWSER_OUTCOME';

/** A line a test, with its time; of a failing one also the reason. */
export default class BrowserReporter implements Reporter {
  readonly #outcome: Outcome = { passed: [], failed: [], errors: [] };

  onBegin(_config: FullConfig, suite: Suite): void {
    console.log(`${suite.allTests().length} tests`);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const passed = result.status === 'passed';
    if (passed) this.#outcome.passed.push(test.title);
    else this.#outcome.failed.push({ name: test.title, reason: inOneLine(result.error) });
    const took = result.annotations.find(({ type }) => type === processorAnnotation)?.description;
    const seconds = `${(result.duration / 1000).toFixed(1)} s${took === undefined ? '' : `, ${took} s of processor`}`;
    console.log(`${passed ? '✔' : '✖'} ${test.title} (${seconds})`);
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

function inOneLine(error: TestError | undefined): string {
  if (!error) return 'without a word';
  // The runner colours what it quotes.
  const [first = ''] = stripVTControlCharacters(error.message ?? error.value ?? '').split('\n');
  const place = error.location;
  return place ? `${first} (${basename(place.file)}:${place.line})` : first;
}
