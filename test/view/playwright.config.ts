import { defineConfig } from '@playwright/test';
import { resultsFolder } from '../../harness/editor/project.ts';

export default defineConfig({
  testDir: '.',
  testMatch: '*.test.ts',
  // One more than processors: a test waits a third of its time, now for the page and now for the host.
  workers: 3,
  fullyParallel: true,
  reporter: '../support/browserReporter.ts',
  outputDir: `${resultsFolder}/view/.last`,
});
